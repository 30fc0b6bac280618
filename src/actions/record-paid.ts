import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { type Checkout, liveCheckouts, noteExpired, noteTaxes } from '../db/checkouts.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { addMail } from '../db/mails.ts';
import { addOrder, addPayment, closePaidCart } from '../db/orders.ts';
import { noteBought, noteGivenBack } from '../db/purchases.ts';
import { oweRefund } from '../db/refunds.ts';
import { takeStock } from '../db/stock.ts';
import { tellMerchant } from '../db/webhooks.ts';
import { needsDelivery } from '../domain/cart.ts';
import { isErased } from '../domain/erased.ts';
import type { ShipTo } from '../domain/order.ts';
import { taxesOf } from '../domain/tax.ts';
import { queueMails } from '../queue.ts';
import { expireSession } from '../stripe/checkout.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'log'>;

/** Money that has arrived for a checkout, as Stripe tells of it. Amounts in the currency's minor unit. */
export interface Paid {
  /** Stripe's pi_… id. */
  payment_id: string;
  amount: number;
  currency: string;
  /** As Stripe found it; in the amount, too. */
  tax: number;
  email: string | null;
  ship_to: ShipTo | null;
  /** Where it goes, or else where the shopper is. */
  country: string | null;
}

/**
 * Makes an order of a payment, or owes the money back: exactly one of both, however often it is told, and however the
 * checkout was paid.
 *
 * @returns whether it became an order, now
 */
export async function recordPaid(context: Needs, checkout: Checkout, paid: Paid): Promise<boolean> {
  const { db, log } = context;
  const done = await inTransaction(db, (tx) => settle(tx, checkout, paid));
  if (!done) return false;
  const { payment_id: payment } = paid;
  if (done.kind === 'refund') {
    log.warn({ payment, refund: done.refund_id, reason: done.reason }, 'a payment goes back');
    await context.queues.add('give-refund', { refund_id: done.refund_id });
    return false;
  }
  log.info({ payment, order: done.order_id }, 'order');
  if (!taxesOf(checkout, paid) || paid.currency !== checkout.currency)
    log.error({ payment, order: done.order_id }, 'Stripe took another amount than the checkout says');
  await queueMails(context, done.mail_ids);
  await endOthers(context, checkout);
  return true;
}

type Done =
  | { kind: 'order'; order_id: string; mail_ids: string[] }
  | { kind: 'refund'; refund_id: string; reason: 'cart_already_paid' | 'sold_out' };

/** `undefined`: the payment was recorded before. */
async function settle(tx: Tx, checkout: Checkout, paid: Paid): Promise<Done | undefined> {
  const cart = await lockCart(
    tx,
    checkout.cart_id,
    checkout.lines.map(({ sku }) => sku),
  );
  if (!cart) throw new Error(`checkout ${checkout.id} has no cart`);
  const payment = {
    id: paid.payment_id,
    checkout_id: checkout.id,
    amount: paid.amount,
    currency: paid.currency,
  };
  if (!(await addPayment(tx, payment))) return undefined;
  const reason =
    cart.status === 'ordered'
      ? 'cart_already_paid'
      : (await takeStock(tx, cart, checkout.lines))
        ? undefined
        : 'sold_out';
  if (reason) {
    await tx
      .updateTable('checkouts')
      .set({ status: 'paid', ship_to: null })
      .where('id', '=', checkout.id)
      .execute();
    await noteGivenBack(tx, checkout.id);
    const { id: payment_id, amount, currency } = payment;
    return {
      kind: 'refund',
      reason,
      refund_id: await oweRefund(tx, { payment_id, reason, amount, currency }, true),
    };
  }
  const { shopper_id, merchant_id } = cart;
  const { ship_to, country } = paid;
  const taxes = taxesOf(checkout, paid);
  // Who was erased while they paid gets what they have paid for, and no mail.
  const email = isErased(shopper_id) ? null : paid.email;
  const order_id = await addOrder(tx, {
    checkout: taxes ? await noteTaxes(tx, checkout, taxes) : checkout,
    payment_id: payment.id,
    ...{ shopper_id, merchant_id, email, ship_to, country },
  });
  await closePaidCart(tx, cart.id, checkout.lines);
  await noteBought(tx, checkout.id);
  await tellMerchant(tx, 'order.paid', { order_id });
  const receipt = await addMail(tx, { kind: 'receipt', shopper_id, merchant_id, order_id });
  const delivery = needsDelivery(checkout.lines)
    ? await addMail(tx, { kind: 'delivery', shopper_id, merchant_id, order_id })
    : undefined;
  const order = await addMail(tx, { kind: 'order', merchant_id, order_id });
  return { kind: 'order', order_id, mail_ids: [receipt, delivery, order].filter((id) => id !== undefined) };
}

/** Closes other pages on which the same cart could be paid again. */
export async function endOthers({ db, stripe }: Needs, paid: Checkout): Promise<void> {
  for (const other of await liveCheckouts(db, paid.cart_id)) {
    if (other.card_id !== null) continue; // it is being charged: its own end is told by Stripe
    if (other.session_id === null || (await expireSession(stripe, other.session_id)))
      await noteExpired(db, other.id);
  }
}
