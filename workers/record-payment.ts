import { keepCustomer } from '../src/actions/keep-customer.ts';
import { endOthers, recordPaid } from '../src/actions/record-paid.ts';
import type { Context } from '../src/context.ts';
import { keepAddressOfOrder } from '../src/db/addresses.ts';
import { lockCart } from '../src/db/carts.ts';
import {
  BANK_DAYS,
  type Checkout,
  checkoutOfSession,
  noteExpired,
  noteFailed,
  noteProcessing,
} from '../src/db/checkouts.ts';
import { keepAsNew, keepLonger } from '../src/db/claims.ts';
import { customerAtStripe } from '../src/db/customers.ts';
import { inTransaction } from '../src/db/database.ts';
import { addMail } from '../src/db/mails.ts';
import { type JobData, queueMails } from '../src/queue.ts';
import { readSession, type SessionState } from '../src/stripe/checkout.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'log'>;

/**
 * Looks at a Checkout Session and does what follows from how it stands: a paid one becomes exactly one order, or its
 * money goes back; an expired one is noted. It asks Stripe for the session itself, so it does not matter which event
 * is the reason, how often it came, or in which order.
 */
export async function recordPayment(
  context: Needs,
  { session_id }: JobData<'record-payment'>,
): Promise<void> {
  const { db, stripe, log } = context;
  const session = await readSession(stripe, session_id);
  if (session.mode === 'setup') {
    await keepCardsOf(context, session);
    return;
  }
  const checkout = await checkoutOfSession(db, session);
  if (!checkout) {
    log.warn({ session: session_id }, 'a Checkout Session that is none of ours');
    return;
  }
  if (session.status === 'expired') return noteExpired(db, checkout.id);
  if (session.late) return recordLate(context, checkout, session.late);
  const { payment_id } = session;
  if (!session.paid || payment_id === null) return;
  const isNew = await recordPaid(context, checkout, { ...session, payment_id });
  const keeper = await keepCardsOf(context, session);
  // Once: who removes the address does not find it again because the news come twice.
  if (isNew && keeper && session.ship_to) await keepAddressOfOrder(db, keeper, session.ship_to);
}

/** Whoever was at Stripe's page, known as a customer, may have had their card kept. Returns which shopper it was. */
async function keepCardsOf(
  { db, stripe }: Pick<Context, 'db' | 'stripe'>,
  { customer }: Pick<SessionState, 'customer'>,
): Promise<string | null> {
  const known = customer === null ? undefined : await customerAtStripe(db, customer);
  if (!known) return null;
  await keepCustomer({ db, stripe }, { customer_id: known.id });
  return known.shopper_id;
}

/**
 * What a bank needs days for is kept for the shopper meanwhile, the cart says so, and its other open pages are closed. Who
 * pays it again all the same was warned, and what comes second goes back. When the bank has refused, the cart is as it was,
 * and the shopper hears of it.
 */
async function recordLate(context: Needs, checkout: Checkout, how: 'processing' | 'failed'): Promise<void> {
  const { cart_id, lines } = checkout;
  const mail_id = await inTransaction(context.db, async (tx) => {
    const cart = await lockCart(
      tx,
      cart_id,
      lines.map(({ sku }) => sku),
    );
    if (!cart) throw new Error(`checkout ${checkout.id} has no cart`);
    if (how === 'processing') {
      if (await noteProcessing(tx, checkout.id)) await keepLonger(tx, { ...cart, lines }, BANK_DAYS);
      return undefined;
    }
    if (!(await noteFailed(tx, checkout.id)) || cart.status !== 'open') return undefined;
    await keepAsNew(tx, { ...cart, lines });
    const { shopper_id, merchant_id } = cart;
    return addMail(tx, { kind: 'payment_failed', shopper_id, merchant_id, cart_id });
  });
  if (mail_id) await queueMails(context, [mail_id]);
  if (how === 'processing') await endOthers(context, checkout);
}
