import type { Context } from '../context.ts';
import {
  type Customer,
  customerAtStripe,
  customerOf,
  customerOfCard,
  dropCustomer,
  findCustomer,
  isCharging,
  leavingCards,
  noteCards,
  noteCustomer,
} from '../db/customers.ts';
import { inTransaction } from '../db/database.ts';
import { endGrantsOfLostCards } from '../db/grants.ts';
import { lockShoppers } from '../db/settle.ts';
import { findShopper } from '../db/shoppers.ts';
import {
  deleteCustomer,
  isMissingCustomer,
  letGoOfCard,
  listCards,
  makeCustomer,
  ownerOfCard,
  setCustomerEmail,
} from '../stripe/customers.ts';

type Needs = Pick<Context, 'db' | 'stripe'>;

/**
 * Stripe's id of a shopper, who is made a customer there if they are none yet, with the address that they have now.
 * `undefined`: they have left.
 */
export async function atStripe({ db, stripe }: Needs, shopper_id: string): Promise<string | undefined> {
  const customer = await customerOf(db, shopper_id);
  if (!customer) return undefined;
  const stripe_id = customer.stripe_id ?? (await makeCustomer(stripe, customer.id));
  const email = (await findShopper(db, shopper_id))?.email ?? null;
  if (email !== null && email !== customer.email) await setCustomerEmail(stripe, stripe_id, email);
  if (stripe_id !== customer.stripe_id || email !== customer.email)
    await noteCustomer(db, customer.id, { stripe_id, email: email ?? customer.email });
  return stripe_id;
}

/**
 * Does something at Stripe for a shopper's customer. One whom somebody has deleted there is forgotten here, and another
 * one made. Nothing is done for who has left.
 */
export async function withCustomer<T>(
  { db, stripe }: Needs,
  shopper_id: string,
  use: (stripe_id: string) => Promise<T>,
): Promise<T | undefined> {
  const attempt = async (): Promise<T | undefined> => {
    const stripe_id = await atStripe({ db, stripe }, shopper_id);
    return stripe_id === undefined ? undefined : use(stripe_id);
  };
  try {
    return await attempt();
  } catch (error) {
    if (!isMissingCustomer(error)) throw error;
    const gone = await customerOf(db, shopper_id);
    if (gone) await keepCustomer({ db, stripe }, { customer_id: gone.id });
    return attempt();
  }
}

/**
 * Brings what we know of a customer's cards in line with what Stripe keeps, and has Stripe let go of what its owner gave
 * up: a card, or all of it. It asks Stripe, so it does not matter which event is the reason, or how often it came.
 */
export async function keepCustomer(
  { db, stripe }: Needs,
  { customer_id }: { customer_id: string },
): Promise<void> {
  const customer = await findCustomer(db, customer_id);
  if (!customer) return;
  if (customer.leaving_at) return leave({ db, stripe }, customer);
  const { stripe_id, shopper_id } = customer;
  if (stripe_id === null || shopper_id === null) return;
  for (const card_id of await leavingCards(db, customer_id)) await letGoOfCard(stripe, card_id);
  const cards = await listCards(stripe, stripe_id);
  await inTransaction(db, async (tx) => {
    await lockShoppers(tx, [shopper_id]);
    await noteCards(tx, customer_id, cards ?? []);
    await endGrantsOfLostCards(tx, shopper_id);
    // Somebody deleted the customer at Stripe: the next payment makes another.
    if (!cards) await dropCustomer(tx, customer_id);
  });
}

/** The customer whose card, or who, an event is about. @param id Stripe's pm_… or cus_… id */
export async function whoseCard({ db, stripe }: Needs, id: string): Promise<string | undefined> {
  const known = id.startsWith('pm_') ? await customerOfCard(db, id) : undefined;
  if (known) return known;
  const stripe_id = id.startsWith('pm_') ? await ownerOfCard(stripe, id) : id;
  return stripe_id === undefined ? undefined : (await customerAtStripe(db, stripe_id))?.id;
}

/** Whether Stripe has answered is not known of every customer: the same key finds the one that was made. */
async function leave({ db, stripe }: Needs, { id, stripe_id }: Customer): Promise<void> {
  if (await isCharging(db, id)) return; // the sweep comes back
  await deleteCustomer(stripe, stripe_id ?? (await makeCustomer(stripe, id)));
  await dropCustomer(db, id);
}
