import { totalsOf } from '../domain/cart.ts';
import type { MailCart, MailContent, MailOrder, ToldReply } from '../domain/mail.ts';
import { openCarts, readCart } from './carts.ts';
import type { Db } from './database.ts';
import { type MailRow, mailMerchant } from './mails.ts';

/** Gathers what a mail has to say, as things are now. `undefined`: there is nothing left to say. */
export async function gatherMail(db: Db, mail: MailRow): Promise<MailContent | undefined> {
  switch (mail.kind) {
    case 'update':
      return gatherUpdate(db, mail);
    case 'links':
      return gatherLinks(db, mail.shopper_id as string);
    case 'receipt':
    case 'order':
      return gatherOrder(db, mail.kind, mail.order_id as string);
    case 'refund':
      return gatherRefund(db, mail.refund_id as string);
    case 'code':
      return { kind: 'code', code: '' };
  }
}

async function gatherUpdate(db: Db, mail: MailRow): Promise<MailContent | undefined> {
  const rows = await db
    .selectFrom('outcomes')
    .select(['post_id', 'outcome', 'reason', 'detail', 'merchant_id'])
    .where('shopper_id', '=', mail.shopper_id)
    .where('mail_id', '=', mail.id)
    .orderBy('post_id')
    .execute();
  if (rows.length === 0) return undefined;
  const skus = new Set(
    rows
      .flatMap(({ detail }) => [detail.product, ...(detail.among ?? [])])
      .filter((sku) => sku !== undefined),
  );
  const titles = await titlesOf(db, mail.merchant_id, [...skus]);
  const replies = rows.map(
    (row): ToldReply => ({
      post_id: row.post_id,
      outcome: row.outcome,
      reason: row.reason,
      detail: row.detail,
      title: titles.get(row.detail.product ?? '') ?? null,
      among: (row.detail.among ?? []).map((sku) => titles.get(sku) ?? sku),
    }),
  );
  if (mail.merchant_id === null) return { kind: 'update', merchant: null, replies, cart: null };
  const merchant = await mailMerchant(db, mail.merchant_id);
  const open = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', mail.shopper_id)
    .where('merchant_id', '=', merchant.id)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return { kind: 'update', merchant, replies, cart: open ? await cartOf(db, open.id) : null };
}

/** The titles of a merchant's products. */
export async function titlesOf(
  db: Db,
  merchant_id: string | null,
  skus: string[],
): Promise<Map<string, string>> {
  if (merchant_id === null || skus.length === 0) return new Map();
  const rows = await db
    .selectFrom('products')
    .select(['sku', 'title'])
    .where('merchant_id', '=', merchant_id)
    .where('sku', 'in', skus)
    .execute();
  return new Map(rows.map((row) => [row.sku, row.title]));
}

async function cartOf(db: Db, cart_id: string): Promise<MailCart | null> {
  const cart = await readCart(db, cart_id);
  if (!cart) return null;
  const { shipping } = await db
    .selectFrom('merchants')
    .select('shipping')
    .where('id', '=', cart.merchant_id)
    .executeTakeFirstOrThrow();
  const lines = cart.lines.map(({ sku, title, kind, quantity, price }) => ({
    sku,
    title,
    kind,
    quantity,
    price,
  }));
  return { id: cart.id, currency: cart.currency, lines, ...totalsOf(lines, shipping) };
}

async function gatherLinks(db: Db, shopper_id: string): Promise<MailContent> {
  const carts = await openCarts(db, shopper_id);
  const filled = carts.map(async ({ id, merchant_id }) => {
    const cart = await cartOf(db, id);
    return cart ? [{ id, merchant: await mailMerchant(db, merchant_id), cart }] : [];
  });
  return { kind: 'links', carts: (await Promise.all(filled)).flat() };
}

async function gatherOrder(db: Db, kind: 'receipt' | 'order', order_id: string): Promise<MailContent> {
  const order = await db
    .selectFrom('orders')
    .selectAll()
    .where('id', '=', order_id)
    .executeTakeFirstOrThrow();
  const lines = await db
    .selectFrom('order_lines as l')
    .innerJoin('variants as v', (join) =>
      join.on('v.merchant_id', '=', order.merchant_id).onRef('v.sku', '=', 'l.sku'),
    )
    .innerJoin('products as p', (join) =>
      join.onRef('p.merchant_id', '=', 'v.merchant_id').onRef('p.sku', '=', 'v.product_sku'),
    )
    .select(['l.sku', 'l.title', 'l.kind', 'l.quantity', 'l.price', 'p.delivery_url'])
    .where('l.order_id', '=', order_id)
    .orderBy('l.sku')
    .execute();
  const content: MailOrder = {
    id: order.id,
    currency: order.currency,
    subtotal: order.subtotal,
    shipping: order.shipping,
    total: order.total,
    lines,
    ship_to: order.ship_to,
    email: order.email,
    created_at: order.created_at.toISOString(),
  };
  const merchant = await mailMerchant(db, order.merchant_id);
  if (kind === 'receipt') return { kind, merchant, order: content };
  const shopper = await db
    .selectFrom('shoppers')
    .select('username')
    .where('x_user_id', '=', order.shopper_id)
    .executeTakeFirst();
  return { kind, merchant, order: content, shopper: shopper?.username ?? null };
}

async function gatherRefund(db: Db, refund_id: string): Promise<MailContent> {
  const row = await db
    .selectFrom('refunds as r')
    .innerJoin('payments as p', 'p.id', 'r.payment_id')
    .innerJoin('checkouts as k', 'k.id', 'p.checkout_id')
    .innerJoin('carts as c', 'c.id', 'k.cart_id')
    .select(['r.amount', 'r.currency', 'r.reason', 'k.lines', 'c.merchant_id'])
    .where('r.id', '=', refund_id)
    .executeTakeFirstOrThrow();
  return {
    kind: 'refund',
    merchant: await mailMerchant(db, row.merchant_id),
    amount: row.amount,
    currency: row.currency,
    reason: row.reason,
    titles: row.lines.map((line) => line.title),
  };
}
