import type pg from 'pg';
import type { Catalog, Merchant } from '../../../src/domain/catalog.ts';
import type { KnownPosts } from '../../../src/domain/match.ts';
import type { Decision } from '../../../src/domain/outcome.ts';
import type { Post } from '../../../src/domain/post.ts';
import { type Order, readReply, type Unregistered } from '../../../src/domain/read-reply.ts';
import { settle } from '../../../src/domain/settle.ts';
import type { Claim, LineChange, LineState, ShopperState } from '../../../src/domain/shopper-state.ts';
import { payloadOf } from '../../../src/x/payload.ts';

/** A post as it came, and what is known of those above it. */
interface Given {
  post: Post;
  body: unknown;
  known: KnownPosts;
}

/** What PostgreSQL says of a transaction that has to give way to another one. */
const GAVE_WAY = ['40001', '40P01'];

/**
 * Settles one reply the obvious way: a transaction in which every row has a statement of its own. It reads posts with
 * the product's rules and leaves the same rows.
 */
export async function settleOne(
  pool: pg.Pool,
  { post, body, known }: Given,
  catalog: Catalog,
  quiet_seconds: number,
): Promise<void> {
  for (;;) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await settleWith(client, { post, body, known }, catalog, quiet_seconds);
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback');
      if (!GAVE_WAY.includes((error as { code?: string }).code ?? '')) throw error;
    } finally {
      client.release();
    }
  }
}

async function settleWith(
  tx: pg.PoolClient,
  { post, body, known }: Given,
  catalog: Catalog,
  quiet_seconds: number,
): Promise<void> {
  const stored = await tx.query(
    `insert into replies (post_id, source, body) values ($1, 'stream', $2) on conflict do nothing`,
    [post.id, JSON.stringify({ data: payloadOf(body) })],
  );
  if (stored.rowCount === 0) return;
  const reading = readReply(post, catalog, known);
  const shopper_id = reading.kind === 'noise' ? null : post.author_id;
  const { rows: found } = await tx.query<{ opted_out_at: Date | null }>(
    'select opted_out_at from shoppers where x_user_id = $1 for no key update',
    [shopper_id],
  );
  const shopper = shopper_id === null ? undefined : found[0];
  const state: ShopperState = {
    linked: shopper !== undefined,
    opted_out: shopper?.opted_out_at != null,
    lines: new Map(),
    claims: new Map(),
    ordered: new Map(),
  };
  if (shopper && reading.kind === 'order') await readState(tx, post.author_id, reading, state);
  const left =
    reading.kind === 'order'
      ? await readStock(tx, post.author_id, reading, state)
      : new Map<string, number>();
  const { decision, changes, claims } = settle(post.id, reading, state, (_, sku) => left.get(sku));
  const told =
    state.linked &&
    reading.kind !== 'noise' &&
    !['opted_out', 'merchant_self'].includes(decision.reason ?? '');
  const mail_id = told ? await writeMail(tx, post.author_id, decision, quiet_seconds) : null;
  await tx.query(
    `insert into outcomes (post_id, shopper_id, merchant_id, outcome, reason, detail, mail_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      post.id,
      shopper_id,
      decision.merchant_id,
      decision.outcome,
      decision.reason,
      JSON.stringify(decision.detail),
      mail_id,
    ],
  );
  if (reading.kind === 'decided' && reading.unregistered) await keep(tx, post.id, reading.unregistered);
  const merchant = catalog.merchants.get(decision.merchant_id ?? '');
  for (const claim of claims) await writeHold(tx, post.author_id, reading as Order, claim);
  if (!told || !merchant) return;
  for (const change of changes) await writeLine(tx, post.id, post.author_id, merchant, change);
  if (changes.length === 0 && decision.outcome === 'asked')
    await openCart(tx, post.author_id, merchant, 'do nothing');
}

/** Keeps a reply to a post that the catalog does not name; the third one is worth a mail to the merchant. */
async function keep(
  tx: pg.PoolClient,
  post_id: string,
  { merchant_id, parent_id, conversation_id }: Unregistered,
): Promise<void> {
  await tx.query(
    `insert into kept_replies (post_id, merchant_id, parent_id, conversation_id) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [post_id, merchant_id, parent_id, conversation_id],
  );
  await tx.query(
    `insert into mails (kind, merchant_id, post_id)
     select 'unregistered', $1, $2 where (select count(*) from kept_replies where parent_id = $2) >= 3
     on conflict (merchant_id, post_id) where kind = 'unregistered' do nothing`,
    [merchant_id, parent_id],
  );
}

/** Reads the shopper's lines and orders. */
async function readState(
  tx: pg.PoolClient,
  shopper_id: string,
  { merchant, product }: Order,
  state: ShopperState,
): Promise<void> {
  const lines = await tx.query<LineState & { sku: string }>(
    `select l.sku, l.quantity, l.price, l.priced_at, l.offer_post_id, l.position from carts c join cart_lines l on l.cart_id = c.id
     where c.shopper_id = $1 and c.merchant_id = $2 and c.status = 'open'`,
    [shopper_id, merchant.id],
  );
  for (const line of lines.rows) state.lines.set(line.sku, line);
  const ordered = await tx.query<{ quantity: number | null }>(
    `select sum(l.quantity)::int as quantity from orders o join order_lines l on l.order_id = o.id
     where o.shopper_id = $1 and o.merchant_id = $2 and o.status = 'paid' and l.sku = $3`,
    [shopper_id, merchant.id, product.sku],
  );
  const { quantity } = ordered.rows[0] ?? {};
  if (quantity) state.ordered.set(product.sku, { product_sku: product.sku, quantity });
}

/** Reads what is left of the product's variants, where that is counted, and what is kept of them for the shopper. */
async function readStock(
  tx: pg.PoolClient,
  shopper_id: string,
  { merchant, product }: Order,
  { claims }: ShopperState,
): Promise<Map<string, number>> {
  if (product.stock_mode === 'none') return new Map();
  const stock = await tx.query<{ sku: string; available: number }>(
    `select sku, stock - sold - held - waiting as available from variants
     where merchant_id = $1 and product_sku = $2 and stock is not null`,
    [merchant.id, product.sku],
  );
  const holds = await tx.query<{ sku: string; quantity: number; position: string }>(
    'select sku, quantity from holds where shopper_id = $1 and merchant_id = $2',
    [shopper_id, merchant.id],
  );
  for (const { sku, quantity, position } of holds.rows)
    claims.set(sku, { held: quantity, waiting: 0, position });
  return new Map(stock.rows.map(({ sku, available }) => [sku, available]));
}

async function writeMail(
  tx: pg.PoolClient,
  shopper_id: string,
  { merchant_id }: Decision,
  quiet_seconds: number,
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into mails (kind, shopper_id, merchant_id, due_at)
     values ('update', $1, $2, greatest(now(), (
       select coalesce(sent_at, due_at) + $3 * interval '1 second' from mails
       where shopper_id = $1 and merchant_id is not distinct from $2 and kind = 'update' order by id desc limit 1)))
     on conflict (shopper_id, merchant_id) where kind = 'update' and status = 'pending' do update set due_at = mails.due_at
     returning id`,
    [shopper_id, merchant_id ?? null, quiet_seconds],
  );
  return rows[0]?.id as string;
}

/** The bench has more of everything that is held than anybody asks for: nobody waits. */
async function writeHold(
  tx: pg.PoolClient,
  shopper_id: string,
  { merchant, product }: Order,
  { sku, held }: Claim & { sku: string },
): Promise<void> {
  if (held === 0) {
    await tx.query('delete from holds where merchant_id = $1 and sku = $2 and shopper_id = $3', [
      merchant.id,
      sku,
      shopper_id,
    ]);
    return;
  }
  await tx.query(
    `insert into holds (merchant_id, sku, shopper_id, quantity, until)
     values ($1, $2, $3, $4, now() + $5 * interval '1 minute')
     on conflict (shopper_id, merchant_id, sku) do update
       set quantity = excluded.quantity, until = greatest(holds.until, excluded.until)`,
    [merchant.id, sku, shopper_id, held, product.hold_minutes],
  );
}

async function writeLine(
  tx: pg.PoolClient,
  post_id: string,
  shopper_id: string,
  merchant: Merchant,
  { sku, quantity, before, price, priced_at, offer_post_id, position }: LineChange,
): Promise<void> {
  const cart_id = await openCart(
    tx,
    shopper_id,
    merchant,
    'do update set version = carts.version + 1, updated_at = now()',
  );
  await tx.query(
    `insert into cart_lines (cart_id, sku, quantity, price, priced_at, offer_post_id, post_id, position, quantity_before)
     values ($1, $2, $3, $4, coalesce($8, now()), $9, $5, $6, $7)
     on conflict (cart_id, sku) do update set quantity = excluded.quantity, price = excluded.price,
       priced_at = excluded.priced_at, offer_post_id = excluded.offer_post_id,
       post_id = excluded.post_id, position = excluded.position, quantity_before = excluded.quantity_before,
       changed_at = now()
     where excluded.position >= cart_lines.position`,
    [cart_id, sku, quantity, price, post_id, position, before, priced_at, offer_post_id],
  );
}

async function openCart(
  tx: pg.PoolClient,
  shopper_id: string,
  { id, currency }: Merchant,
  onConflict: string,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into carts (shopper_id, merchant_id, currency) values ($1, $2, $3)
     on conflict (shopper_id, merchant_id, currency) where status = 'open' ${onConflict} returning id`,
    [shopper_id, id, currency],
  );
  return rows[0]?.id;
}
