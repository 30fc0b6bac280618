import { cancelUntil } from '../domain/cancelling.ts';
import { whyEnded } from '../domain/download.ts';
import type { MailContent, MailOrder } from '../domain/mail.ts';
import type { Db } from './database.ts';
import { downloadsOf } from './downloads.ts';
import { knownMerchant, merchantOf, merchantsOf } from './mail-merchants.ts';
import type { MailRow } from './mails.ts';
import { usedUp } from './order-facts.ts';
import { vouchersOf } from './vouchers.ts';

/** An order, as its mails tell of it to the shopper or to the merchant. */
export async function gatherOrder(
  db: Db,
  kind: 'receipt' | 'shipped' | 'cancelled' | 'order',
  order_id: string,
): Promise<MailContent> {
  const order = await db
    .selectFrom('orders')
    .selectAll()
    .where('id', '=', order_id)
    .executeTakeFirstOrThrow();
  const lines = await db
    .selectFrom('order_lines')
    .select(['sku', 'title', 'kind', 'quantity', 'price'])
    .where('order_id', '=', order_id)
    .orderBy('sku')
    .execute();
  const content: MailOrder = {
    id: order.id,
    currency: order.currency,
    subtotal: order.subtotal,
    shipping: order.shipping,
    tax: order.tax,
    tax_included: order.tax_included,
    total: order.total,
    lines,
    ship_to: order.ship_to,
    email: order.email,
    created_at: order.created_at.toISOString(),
  };
  const { merchant, cancel_hours, timezone } = await knownMerchant(db, order.merchant_id);
  if (kind === 'receipt') {
    const used = await usedUp(db, order_id);
    const until = used ? undefined : cancelUntil({ created_at: order.created_at, cancel_hours });
    return { kind, merchant, order: content, cancel_until: until?.toISOString() ?? null, timezone };
  }
  if (kind === 'cancelled')
    return { kind, merchant, order: content, by_shopper: order.cancelled_by === 'shopper' };
  const { carrier, tracking } = order;
  if (kind === 'shipped') return { kind, merchant, order: content, carrier, tracking };
  const shopper = await db
    .selectFrom('shoppers')
    .select('username')
    .where('x_user_id', '=', order.shopper_id)
    .executeTakeFirst();
  return {
    ...{ kind, merchant, order: content, shopper: shopper?.username ?? null },
    ...(order.destination === null ? {} : { fee: order.fee }),
  };
}

/** What of an order is downloaded or shown, as far as it is good. Nothing when it was given back by now. */
export async function gatherDelivery(db: Db, mail: MailRow, now: Date): Promise<MailContent | undefined> {
  const order_id = mail.order_id as string;
  const known = (await merchantsOf(db, [mail])).get(mail.merchant_id as string);
  const downloads = (await downloadsOf(db, order_id)).filter((each) => !whyEnded(each, now));
  const vouchers = (await vouchersOf(db, order_id)).filter((each) => !each.void);
  if (!known || downloads.length + vouchers.length === 0) return undefined;
  return {
    kind: 'delivery',
    merchant: known.merchant,
    order_id,
    downloads: downloads.map(({ id, title, allowed, uses, expires_at }) => ({
      ...{ id, title, left: allowed - uses.length },
      expires_at: expires_at.toISOString(),
    })),
    vouchers: vouchers.map(({ id, title, used_at }) => ({ id, title, used: used_at !== null })),
    again: mail.round > 0,
    timezone: known.timezone,
  };
}

/** A payment that was given back, or a part of it. */
export async function gatherRefund(db: Db, refund_id: string): Promise<MailContent> {
  const row = await db
    .selectFrom('refunds as r')
    .innerJoin('payments as p', 'p.id', 'r.payment_id')
    .innerJoin('checkouts as k', 'k.id', 'p.checkout_id')
    .innerJoin('carts as c', 'c.id', 'k.cart_id')
    .select(['r.amount', 'r.currency', 'r.reason', 'p.amount as paid', 'k.lines', 'c.merchant_id'])
    .where('r.id', '=', refund_id)
    .executeTakeFirstOrThrow();
  return {
    kind: 'refund',
    merchant: await merchantOf(db, row.merchant_id),
    amount: row.amount,
    currency: row.currency,
    reason: row.reason,
    whole: row.amount === row.paid,
    titles: row.lines.map((line) => line.title),
  };
}
