import type { Context } from '../src/context.ts';
import { lockCart } from '../src/db/carts.ts';
import {
  BANK_DAYS,
  type Checkout,
  checkoutOfSession,
  liveCheckouts,
  noteExpired,
  noteFailed,
  noteProcessing,
  noteTaxes,
} from '../src/db/checkouts.ts';
import { keepAsNew, keepLonger } from '../src/db/claims.ts';
import { inTransaction, type Tx } from '../src/db/database.ts';
import { addMail } from '../src/db/mails.ts';
import { addOrder, addPayment, closePaidCart } from '../src/db/orders.ts';
import { oweRefund } from '../src/db/refunds.ts';
import { takeStock } from '../src/db/stock.ts';
import { tellMerchant } from '../src/db/webhooks.ts';
import { isErased } from '../src/domain/erased.ts';
import { taxesOf } from '../src/domain/tax.ts';
import { type JobData, queueMails } from '../src/queue.ts';
import { expireSession, readSession, type SessionState } from '../src/stripe/checkout.ts';

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
  const checkout = await checkoutOfSession(db, session);
  if (!checkout) {
    log.warn({ session: session_id }, 'a Checkout Session that is none of ours');
    return;
  }
  if (session.status === 'expired') return noteExpired(db, checkout.id);
  if (session.late) return recordLate(context, checkout, session.late);
  if (!session.paid || session.payment_id === null) return;
  const done = await inTransaction(db, (tx) => settle(tx, checkout, session as Paid));
  if (!done) return;
  if (done.kind === 'refund') {
    log.warn({ session: session_id, refund: done.refund_id, reason: done.reason }, 'a payment goes back');
    await context.queues.add('give-refund', { refund_id: done.refund_id });
    return;
  }
  log.info({ session: session_id, order: done.order_id }, 'order');
  const taxes = taxesOf(checkout, session);
  if (!taxes || session.currency !== checkout.currency) {
    log.error(
      { session: session_id, order: done.order_id },
      'Stripe took another amount than the checkout says',
    );
  }
  await queueMails(context, done.mail_ids);
  await endOthers(context, checkout);
}

type Paid = SessionState & { payment_id: string };
type Done =
  | { kind: 'order'; order_id: string; mail_ids: string[] }
  | { kind: 'refund'; refund_id: string; reason: 'cart_already_paid' | 'sold_out' };

/** `undefined`: the payment was recorded before. */
async function settle(tx: Tx, checkout: Checkout, session: Paid): Promise<Done | undefined> {
  const cart = await lockCart(
    tx,
    checkout.cart_id,
    checkout.lines.map(({ sku }) => sku),
  );
  if (!cart) throw new Error(`checkout ${checkout.id} has no cart`);
  const payment = {
    id: session.payment_id,
    checkout_id: checkout.id,
    amount: session.amount,
    currency: session.currency,
  };
  if (!(await addPayment(tx, payment))) return undefined;
  const reason =
    cart.status === 'ordered'
      ? 'cart_already_paid'
      : (await takeStock(tx, cart, checkout.lines))
        ? undefined
        : 'sold_out';
  if (reason) {
    await tx.updateTable('checkouts').set({ status: 'paid' }).where('id', '=', checkout.id).execute();
    const { id: payment_id, amount, currency } = payment;
    return {
      kind: 'refund',
      reason,
      refund_id: await oweRefund(tx, { payment_id, reason, amount, currency }, true),
    };
  }
  const { shopper_id, merchant_id } = cart;
  const { ship_to, country } = session;
  const taxes = taxesOf(checkout, session);
  // Who was erased while they paid gets what they have paid for, and no mail.
  const email = isErased(shopper_id) ? null : session.email;
  const order_id = await addOrder(tx, {
    checkout: taxes ? await noteTaxes(tx, checkout, taxes) : checkout,
    payment_id: payment.id,
    ...{ shopper_id, merchant_id, email, ship_to, country },
  });
  await closePaidCart(tx, cart.id, checkout.lines);
  await tellMerchant(tx, 'order.paid', { order_id });
  const receipt = await addMail(tx, { kind: 'receipt', shopper_id, merchant_id, order_id });
  const order = await addMail(tx, { kind: 'order', merchant_id, order_id });
  return { kind: 'order', order_id, mail_ids: [receipt, order].filter((id) => id !== undefined) };
}

/**
 * What a bank needs days for is kept for the shopper meanwhile, the cart says so, and no other page of it can be paid. When
 * the bank has refused, the cart is as it was, and the shopper hears of it.
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

/** Closes other pages on which the same cart could be paid again. */
async function endOthers({ db, stripe }: Needs, paid: Checkout): Promise<void> {
  for (const other of await liveCheckouts(db, paid.cart_id)) {
    if (other.session_id === null || (await expireSession(stripe, other.session_id)))
      await noteExpired(db, other.id);
  }
}
