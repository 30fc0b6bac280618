import { cancelUntil } from '../domain/cancelling.ts';
import { needsDelivery } from '../domain/cart.ts';
import { whyEnded } from '../domain/download.ts';
import { piecesLeft } from '../domain/given-back.ts';
import type { MailContent, MailOrder } from '../domain/mail-content.ts';
import type { Db } from './database.ts';
import { downloadsOf } from './downloads.ts';
import { knownMerchant, merchantOf, merchantsOf } from './mail-merchants.ts';
import type { MailRow } from './mails.ts';
import { usedUp } from './order-facts.ts';
import { linesOfOrder } from './orders.ts';
import { refundsOf } from './refund-lines.ts';
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
  // What was ordered was ordered; what is sent, or not, is what was not given back.
  const isSent = kind === 'shipped' || kind === 'cancelled';
  const lines = (await linesOfOrder(db, order_id))
    .filter((line) => !isSent || piecesLeft(line) > 0)
    .map((line) => {
      const { sku, title, kind: goods, quantity, price } = line;
      return { sku, title, kind: goods, quantity: isSent ? piecesLeft(line) : quantity, price };
    });
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
    .leftJoin('orders as o', 'o.payment_id', 'p.id')
    .select([
      'r.amount',
      'r.currency',
      'r.reason',
      'r.payment_id',
      'p.amount as paid',
      'k.lines',
      'c.merchant_id',
    ])
    .select(['o.id as order_id', 'p.status'])
    .where('r.id', '=', refund_id)
    .executeTakeFirstOrThrow();
  const lines = row.order_id === null ? row.lines : await linesOfOrder(db, row.order_id);
  const refund = (await refundsOf(db, row.payment_id)).find(({ id }) => id === refund_id);
  const named = (refund?.lines ?? []).flatMap(({ sku, pieces }) => {
    const line = lines.find((each) => each.sku === sku);
    if (!line) return [];
    const { title, kind } = line;
    // A download is there as long as a piece of its line is the shopper's.
    const ended =
      kind === 'service' || (kind === 'digital' && 'given_back' in line && piecesLeft(line) === 0);
    return [{ title: `${pieces} × ${title}`, ended }];
  });
  const isOver = row.order_id !== null && row.status === 'refunded' && needsDelivery(lines);
  return {
    kind: 'refund',
    merchant: await merchantOf(db, row.merchant_id),
    amount: row.amount,
    currency: row.currency,
    reason: row.reason,
    whole: row.amount === row.paid,
    titles: (named.length > 0 ? named : lines).map(({ title }) => title),
    ...(isOver || named.some(({ ended }) => ended) ? { ended: true } : {}),
  };
}
