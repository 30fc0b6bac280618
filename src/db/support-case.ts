import { sql } from 'kysely';
import type { PricePromise, PriceReason } from '../domain/price.ts';
import { type Entry, type SupportCase, textIn } from '../domain/support.ts';
import { readCarts } from './carts.ts';
import type { Db } from './database.ts';

const LATEST = 500;

/** Gathers a case. `undefined`: nothing is known of this X account. */
export async function readCase(db: Db, shopper_id: string): Promise<SupportCase | undefined> {
  const shopper = await db
    .selectFrom('shoppers')
    .selectAll()
    .where('x_user_id', '=', shopper_id)
    .executeTakeFirst();
  const cartIds = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .orderBy('id')
    .execute();
  const carts = await readCarts(
    db,
    cartIds.map(({ id }) => id),
  );
  const orders = await db
    .selectFrom('orders')
    .selectAll()
    .where('shopper_id', '=', shopper_id)
    .orderBy('id')
    .execute();
  const entries = (
    await Promise.all(
      [replies, lines, consents, mails, money, deliveries, later, buying].map((read) => read(db, shopper_id)),
    )
  ).flat();
  if (!shopper && entries.length === 0) return undefined;
  entries.sort((a, b) => a.at.getTime() - b.at.getTime());
  return {
    shopper_id,
    shopper,
    carts: carts.filter((cart) => cart !== undefined),
    orders,
    entries: entries.slice(-LATEST),
  };
}

async function replies(db: Db, shopper_id: string): Promise<Entry[]> {
  const { rows } = await sql<Omit<Extract<Entry, { kind: 'reply' }>, 'text'> & { body: string | null }>`
    select 'reply' as kind, o.decided_at as at, o.post_id, o.revision, o.outcome, o.reason, o.detail, o.merchant_id, o.mail_id,
      r.body, p.title
    from outcomes o
    left join replies r on r.post_id = o.post_id
    left join products p on p.merchant_id = o.merchant_id and p.sku = o.detail ->> 'product'
    where o.shopper_id = ${shopper_id}
    order by o.post_id desc, o.revision desc limit ${LATEST}`.execute(db);
  return rows.map(({ body, ...row }) => ({ ...row, text: body === null ? null : textIn(body) }));
}

/** Changes on the cart page; what replies did stands with the replies. */
async function lines(db: Db, shopper_id: string): Promise<Entry[]> {
  const { rows } = await sql<Extract<Entry, { kind: 'line' }>>`
    select 'line' as kind, l.changed_at as at, l.cart_id, l.sku, l.quantity, l.post_id
    from carts c join cart_lines l on l.cart_id = c.id
    where c.shopper_id = ${shopper_id} and l.position is distinct from l.post_id limit ${LATEST}`.execute(db);
  return rows;
}

async function consents(db: Db, shopper_id: string): Promise<Entry[]> {
  const rows = await db.selectFrom('consents').selectAll().where('shopper_id', '=', shopper_id).execute();
  return rows.map(({ given_at: at, kind: consent_kind, text_version, locale, withdrawn_at }) => ({
    kind: 'consent',
    at,
    consent_kind,
    text_version,
    locale,
    withdrawn_at,
  }));
}

async function mails(db: Db, shopper_id: string): Promise<Entry[]> {
  const { rows } = await sql<Extract<Entry, { kind: 'mail' }>>`
    select 'mail' as kind, coalesce(sent_at, due_at) as at, m.id, m.kind as mail_kind, m.status, m.merchant_id, m.error, m.attempts
    from mails m left join orders o on o.id = m.order_id
    where coalesce(m.shopper_id, o.shopper_id) = ${shopper_id} order by m.id desc limit ${LATEST}`.execute(
    db,
  );
  return rows;
}

async function money(db: Db, shopper_id: string): Promise<Entry[]> {
  const { rows: checkouts } = await sql<Extract<Entry, { kind: 'checkout' }>>`
    select 'checkout' as kind, k.created_at as at, k.id, k.cart_id, k.session_id, k.intent_id, k.card_id, k.status, k.total, k.currency
    from carts c join checkouts k on k.cart_id = c.id where c.shopper_id = ${shopper_id}`.execute(db);
  const { rows: payments } = await sql<Extract<Entry, { kind: 'payment' }>>`
    select 'payment' as kind, p.received_at as at, p.id, p.status, p.amount, p.currency
    from carts c join checkouts k on k.cart_id = c.id join payments p on p.checkout_id = k.id
    where c.shopper_id = ${shopper_id}`.execute(db);
  const { rows: refunds } = await sql<Extract<Entry, { kind: 'refund' }>>`
    select 'refund' as kind, r.created_at as at, r.id, r.stripe_id, r.reason, r.status, r.amount, r.currency
    from carts c join checkouts k on k.cart_id = c.id join payments p on p.checkout_id = k.id
    join refunds r on r.payment_id = p.id where c.shopper_id = ${shopper_id}`.execute(db);
  const objects = [
    ...checkouts.flatMap((checkout) => checkout.session_id ?? []),
    ...payments.map((payment) => payment.id),
    ...refunds.flatMap((refund) => refund.stripe_id ?? []),
  ];
  const { rows: events } = await sql<Extract<Entry, { kind: 'event' }>>`
    select 'event' as kind, received_at as at, id, type, object_id, processed_at is not null as processed, error
    from stripe_events where object_id = any(${objects}::text[])`.execute(db);
  const { rows: orders } = await sql<Extract<Entry, { kind: 'order' }>>`
    select 'order' as kind, created_at as at, id, total, currency, status from orders where shopper_id = ${shopper_id}`.execute(
    db,
  );
  return [...checkouts, ...payments, ...refunds, ...events, ...orders];
}

/** What was downloaded, and codes that were used. */
async function deliveries(db: Db, shopper_id: string): Promise<Entry[]> {
  const { rows: downloads } = await sql<Extract<Entry, { kind: 'download' }>>`
    select 'download' as kind, u.at, d.order_id, l.title, d.allowed,
      row_number() over (partition by d.id order by u.id)::int as count
    from orders o
    join downloads d on d.order_id = o.id
    join download_uses u on u.download_id = d.id
    join order_lines l on l.order_id = d.order_id and l.sku = d.sku
    where o.shopper_id = ${shopper_id} order by u.id desc limit ${LATEST}`.execute(db);
  const { rows: vouchers } = await sql<Extract<Entry, { kind: 'voucher' }>>`
    select 'voucher' as kind, v.used_at as at, v.id, v.order_id, l.title, v.used_by
    from orders o
    join vouchers v on v.order_id = o.id and v.used_at is not null
    join order_lines l on l.order_id = v.order_id and l.sku = v.sku
    where o.shopper_id = ${shopper_id} order by v.used_at desc limit ${LATEST}`.execute(db);
  return [...downloads, ...vouchers];
}

/** What became of orders and payments after they were paid. */
async function later(db: Db, shopper_id: string): Promise<Entry[]> {
  const payments = sql`
    select p.id from carts c join checkouts k on k.cart_id = c.id join payments p on p.checkout_id = k.id
    where c.shopper_id = ${shopper_id}`;
  const { rows: disputes } = await sql<Extract<Entry, { kind: 'dispute' }>>`
    select 'dispute' as kind, opened_at as at, id, amount, currency, reason, status, moved, moved_currency, evidence_due_at
    from disputes where payment_id in (${payments})`.execute(db);
  const { rows: warnings } = await sql<Extract<Entry, { kind: 'fraud_warning' }>>`
    select 'fraud_warning' as kind, warned_at as at, id, fraud_type, actionable
    from fraud_warnings where payment_id in (${payments})`.execute(db);
  const { rows: swaps } = await sql<Extract<Entry, { kind: 'swap' }>>`
    select 'swap' as kind, s.at, s.order_id, s.quantity, s.from_sku, s.to_sku, s.by
    from orders o join order_swaps s on s.order_id = o.id where o.shopper_id = ${shopper_id}`.execute(db);
  const { rows: cancels } = await sql<Extract<Entry, { kind: 'cancel' }>>`
    select 'cancel' as kind, cancelled_at as at, id as order_id, cancelled_by as by
    from orders where shopper_id = ${shopper_id} and cancelled_at is not null`.execute(db);
  return [...disputes, ...warnings, ...swaps, ...cancels];
}

/** What replies were to buy at once, and by which leave. */
async function buying(db: Db, shopper_id: string): Promise<Entry[]> {
  const { rows: grants } = await sql<Extract<Entry, { kind: 'grant' }>>`
    select 'grant' as kind, given_at as at, merchant_id, per_order, per_day, currency, text_version, locale, ended_at, ended_why
    from grants where shopper_id = ${shopper_id}`.execute(db);
  const { rows: purchases } = await sql<Extract<Entry, { kind: 'purchase' }>>`
    select 'purchase' as kind, coalesce(settled_at, created_at) as at, post_id, status, doubt, declined, total, currency
    from purchases where shopper_id = ${shopper_id}`.execute(db);
  return [...grants, ...purchases];
}

/** A reply by itself: what X delivered, and every outcome that it had. */
export async function readReplyCase(db: Db, post_id: string) {
  const stored = await db.selectFrom('replies').selectAll().where('post_id', '=', post_id).executeTakeFirst();
  const reply = stored && { ...stored, body: JSON.parse(stored.body) as unknown };
  const outcomes = await db
    .selectFrom('outcomes as o')
    .leftJoin('products as p', (join) =>
      join.onRef('p.merchant_id', '=', 'o.merchant_id').on('p.sku', '=', sql<string>`o.detail ->> 'product'`),
    )
    .select([
      'o.post_id',
      'o.revision',
      'o.shopper_id',
      'o.merchant_id',
      'o.outcome',
      'o.reason',
      'o.detail',
      'o.mail_id',
      'o.decided_at',
      'p.title',
    ])
    .where('o.post_id', '=', post_id)
    .orderBy('o.revision')
    .execute();
  return reply || outcomes.length > 0 ? { reply, outcomes } : undefined;
}

/** A line that a reply set: the price of one when it did, and now. Amounts in the currency's minor unit. */
export interface LinePrices {
  sku: string;
  currency: string;
  at_reply: number;
  now: number;
  price_why: PriceReason;
  promise: PricePromise | null;
  offer_post_id: string | null;
}

/** The prices of the lines that a reply was the last to set. */
export async function readReplyPrices(db: Db, post_id: string): Promise<LinePrices[]> {
  const carts = await db
    .selectFrom('cart_lines')
    .select('cart_id')
    .distinct()
    .where('post_id', '=', post_id)
    .execute();
  const read = await readCarts(
    db,
    carts.map(({ cart_id }) => cart_id),
  );
  return read.flatMap(({ currency, lines: all }) =>
    all
      .filter((line) => line.post_id === post_id)
      .map(({ sku, price_then, price, price_why, promise, offer_post_id }) => ({
        ...{ sku, currency, promise, offer_post_id },
        ...{ at_reply: price_then, now: price, price_why },
      })),
  );
}
