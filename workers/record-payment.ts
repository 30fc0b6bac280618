import { keepCustomer } from '../src/actions/keep-customer.ts';
import { recordPaid } from '../src/actions/record-paid.ts';
import type { Context } from '../src/context.ts';
import { keepAddressOfOrder } from '../src/db/addresses.ts';
import { checkoutOfSession, noteExpired } from '../src/db/checkouts.ts';
import { customerAtStripe } from '../src/db/customers.ts';
import type { JobData } from '../src/queue.ts';
import { readSession, type SessionState } from '../src/stripe/checkout.ts';

/**
 * Looks at a Checkout Session and does what follows from how it stands: a paid one becomes exactly one order, or its
 * money goes back; an expired one is noted. It asks Stripe for the session itself, so it does not matter which event
 * is the reason, how often it came, or in which order.
 */
export async function recordPayment(
  context: Pick<Context, 'db' | 'stripe' | 'queues' | 'log'>,
  { session_id }: JobData<'record-payment'>,
): Promise<void> {
  const { db, stripe, log } = context;
  const session = await readSession(stripe, session_id);
  if (session.mode === 'setup') return keepCardsOf(context, session);
  const checkout = await checkoutOfSession(db, session);
  if (!checkout) {
    log.warn({ session: session_id }, 'a Checkout Session that is none of ours');
    return;
  }
  if (session.status === 'expired') return noteExpired(db, checkout.id);
  const { payment_id } = session;
  if (!session.paid || payment_id === null) return; // slow ways of paying tell later
  await recordPaid(context, checkout, { ...session, payment_id });
  await keepCardsOf(context, session);
}

/** Whoever was at Stripe's page may have had their card kept, and with it the address of the order. */
async function keepCardsOf(
  { db, stripe }: Pick<Context, 'db' | 'stripe'>,
  { customer }: Pick<SessionState, 'customer'>,
): Promise<void> {
  const known = customer === null ? undefined : await customerAtStripe(db, customer);
  if (!known) return;
  await keepCustomer({ db, stripe }, { customer_id: known.id });
  if (known.shopper_id) await keepAddressOfOrder(db, known.shopper_id);
}
