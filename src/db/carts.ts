import { sql } from 'kysely';
import type { Cart, CartLine, Waiting } from '../domain/cart.ts';
import { type LinePrice, type LinePricing, type Pricing, priceOf } from '../domain/price.ts';
import type { Db, Tx } from './database.ts';
import { anyId, idArray } from './ids.ts';
import { openQuestions } from './questions.ts';
import { givenBack } from './refund-lines.ts';
import { lockShoppers } from './settle.ts';
import { availableTo, lockVariants, variantTitle } from './stock.ts';

/** Carts, in the order given, with their lines at the prices and stock of the moment. Removed lines are left out. */
export async function readCarts(db: Db, cart_ids: string[]): Promise<Cart[]> {
  if (cart_ids.length === 0) return [];
  const carts = await db
    .selectFrom('carts')
    .select(['id', 'shopper_id', 'merchant_id', 'currency', 'status', 'version', countryOfCart.as('country')])
    .where(anyId('id', cart_ids))
    .execute();
  const lines = await readLines(db, cart_ids);
  const byId = new Map(carts.map((cart) => [cart.id, { ...cart, lines: lines.get(cart.id) ?? [] }]));
  return cart_ids.flatMap((id) => byId.get(id) ?? []);
}

/** Where the shopper chose that it is sent to, else where their last order went. */
const countryOfCart = sql<string | null>`coalesce(country, (
  select o.country from orders o where o.shopper_id = carts.shopper_id and o.country is not null
  order by o.id desc limit 1))`;

/** Remembers where a cart is to be sent. */
export async function noteCountry(db: Db, cart_id: string, country: string): Promise<void> {
  await db.updateTable('carts').set({ country }).where('id', '=', cart_id).execute();
}

export async function readCart(db: Db, cart_id: string): Promise<Cart | undefined> {
  const [cart] = await readCarts(db, [cart_id]);
  return cart;
}

async function readLines(db: Db, cart_ids: string[]): Promise<Map<string, CartLine[]>> {
  // Prices and promises go by the database's clock, which is one for all processes.
  const { rows } = await sql<PricedRow>`
    select c.id as cart_id, l.sku, l.quantity, l.post_id, l.price as price_then, l.priced_at, l.offer_post_id, l.position,
      v.product_sku, v.choice, now() as read_at,
      ${variantTitle} as title,
      p.kind, p.image, p.sensitive, p.tax_code, p.stock_mode, p.donation, p.price_policy, p.promised_hours,
      case when p.donation is null then coalesce(offer.price, p.price) else l.price end as price_today,
      l.offer_post_id is not null and offer.price is null as offer_over, p.purchase_limit, v.purchase_limit as variant_limit, coalesce(v.paused, p.paused) as paused,
      coalesce(v.starts_at, p.starts_at) as starts_at, coalesce(v.ends_at, p.ends_at) as ends_at,
      ${availableTo(sql`coalesce(h.quantity, 0)`)} as available,
      h.until as held_until, l.quantity_before, bought.ordered, bought.ordered_variant, bought.bought_at,
      p.withdrawn_at is not null or v.withdrawn_at is not null as withdrawn
    from unnest(${idArray(cart_ids)}) as wanted (id)
    cross join lateral (select id, shopper_id, merchant_id from carts where carts.id = wanted.id offset 0) c
    cross join lateral (select * from cart_lines where cart_id = c.id and quantity > 0 offset 0) l
    join variants v on v.merchant_id = c.merchant_id and v.sku = l.sku
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    left join post_products offer on offer.post_id = l.offer_post_id and offer.merchant_id = c.merchant_id
      and offer.product_sku = v.product_sku
    left join lateral (
      select quantity, until from holds
      where merchant_id = c.merchant_id and sku = l.sku and shopper_id = c.shopper_id offset 0) h on true
    cross join lateral (
      select coalesce(sum(had.quantity), 0)::int as ordered,
        coalesce(sum(had.quantity) filter (where had.sku = l.sku), 0)::int as ordered_variant,
        max(o.created_at) as bought_at
      from orders o
      cross join lateral (select l.sku, l.quantity - ${givenBack} as quantity from order_lines l where l.order_id = o.id) had
      join variants of on of.merchant_id = o.merchant_id and of.sku = had.sku
      where o.shopper_id = c.shopper_id and o.merchant_id = c.merchant_id and o.status = 'paid'
        and of.product_sku = v.product_sku) bought
    order by l.position, l.sku`.execute(db);
  const lines = new Map<string, CartLine[]>();
  for (const { cart_id, read_at, price_policy, promised_hours, offer_over, ...line } of rows) {
    const price = priceOf({ ...line, price_policy, promised_hours, offer_over }, read_at);
    lines.set(cart_id, [...(lines.get(cart_id) ?? []), { ...line, ...price }]);
  }
  return lines;
}

type PricedRow = Omit<CartLine, keyof LinePrice> & LinePricing & { cart_id: string; read_at: Date };

/** Which of these carts are paid. */
export async function paidAmong(db: Db, cart_ids: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('carts')
    .select('id')
    .where(anyId('id', cart_ids))
    .where('status', '=', 'ordered')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** A shopper's open cart at a merchant, if there is one. */
export async function openCartAt(
  db: Db,
  { shopper_id, merchant_id }: { shopper_id: string; merchant_id: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .where('merchant_id', '=', merchant_id)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return row?.id;
}

/** The language that a cart's shopper has chosen, and its merchant's. */
export async function languagesOf(
  db: Db,
  { shopper_id, merchant_id }: Pick<Cart, 'shopper_id' | 'merchant_id'>,
): Promise<{ chosen: string | null; otherwise: string }> {
  return db
    .selectFrom('merchants as m')
    .leftJoin('shoppers as s', (join) => join.on('s.x_user_id', '=', shopper_id))
    .select(['s.language as chosen', 'm.locale as otherwise'])
    .where('m.id', '=', merchant_id)
    .executeTakeFirstOrThrow();
}

/** The carts of a shopper that hold anything, or a question. */
export async function openCarts(db: Db, shopper_id: string): Promise<Cart[]> {
  const rows = await db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .where('status', '=', 'open')
    .orderBy('updated_at', 'desc')
    .execute();
  const carts = await readCarts(
    db,
    rows.map(({ id }) => id),
  );
  const kept = await Promise.all(
    carts.map(
      async (cart) =>
        cart.lines.length > 0 ||
        (await openQuestions(db, cart)).length > 0 ||
        (await waitingOf(db, cart)).length > 0,
    ),
  );
  return carts.filter((_, n) => kept[n]);
}

/**
 * Locks a cart, before it the stock of what is about to change, and its shopper: the order that settling replies keeps.
 *
 * @param skus the variants; by default those in the cart
 */
export async function lockCart(tx: Tx, cart_id: string, skus?: string[]): Promise<Cart | undefined> {
  const cart = await tx
    .selectFrom('carts')
    .select([
      'shopper_id',
      'merchant_id',
      (eb) =>
        eb
          .selectFrom('cart_lines')
          .select(({ fn }) => fn.agg<string[] | null>('array_agg', ['sku']).as('skus'))
          .whereRef('cart_id', '=', 'carts.id')
          .where('quantity', '>', 0)
          .as('skus'),
    ])
    .where('id', '=', cart_id)
    .executeTakeFirst();
  if (!cart) return undefined;
  const { merchant_id } = cart;
  await lockVariants(
    tx,
    (skus ?? cart.skus ?? []).map((sku) => ({ merchant_id, sku })),
  );
  await lockShoppers(tx, [cart.shopper_id]);
  await tx.selectFrom('carts').select('id').where('id', '=', cart_id).forUpdate().execute();
  return readCart(tx, cart_id);
}

/**
 * Sets a line of a locked cart; 0 removes it.
 *
 * @param position what orders the change among replies: see `cart_lines.position`
 */
export async function setLine(
  tx: Tx,
  cart_id: string,
  line: {
    sku: string;
    quantity: number;
    position: string;
    /** What undoing the change gives back; the same number where nothing is to be undone. */
    quantity_before: number;
    /** The reply to which a new line goes back, if any. */
    post_id?: string | null;
  } & Pricing,
): Promise<void> {
  await tx
    .insertInto('cart_lines')
    .values({ cart_id, ...line, priced_at: line.priced_at ?? sql`now()` })
    .onConflict((conflict) =>
      conflict.columns(['cart_id', 'sku']).doUpdateSet((row) => ({
        quantity: row.ref('excluded.quantity'),
        price: row.ref('excluded.price'),
        priced_at: row.ref('excluded.priced_at'),
        offer_post_id: row.ref('excluded.offer_post_id'),
        position: row.ref('excluded.position'),
        quantity_before: row.ref('excluded.quantity_before'),
        changed_at: sql`now()`,
      })),
    )
    .execute();
  await tx
    .updateTable('carts')
    .set({ version: sql`version + 1`, updated_at: sql`now()` })
    .where('id', '=', cart_id)
    .execute();
}

/** Lets tokens open carts. The same token may be given again. */
export async function storeCartLinks(
  db: Db,
  links: Array<{ token_hash: Buffer; cart_id: string; mail_id?: string; expires_at: Date }>,
): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map((link) => ({ ...link, token_hash: link.token_hash.toString('hex') }));
  await sql`
    insert into cart_links (token_hash, cart_id, mail_id, expires_at)
    select decode(token_hash, 'hex'), cart_id, mail_id, expires_at
    from json_to_recordset(${JSON.stringify(rows)}) as link (
      token_hash text, cart_id bigint, mail_id bigint, expires_at timestamptz)
    on conflict do nothing`.execute(db);
}

/** The cart that a token opens, if it opens one, and the mail that the token came with. */
export async function cartOfLink(
  db: Db,
  token_hash: Buffer,
  now: Date,
): Promise<{ cart_id: string; mail_id: string | null } | undefined> {
  return db
    .selectFrom('cart_links')
    .select(['cart_id', 'mail_id'])
    .where('token_hash', '=', token_hash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** What a shopper waits for at a merchant. */
export async function waitingOf(db: Db, { shopper_id, merchant_id }: Cart): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select w.sku, w.quantity,
      ${variantTitle} as title,
      (select coalesce(sum(quantity), 0)::int from waits first
        where first.merchant_id = w.merchant_id and first.sku = w.sku and first.position < w.position) as ahead
    from waits w
    join variants v on v.merchant_id = w.merchant_id and v.sku = w.sku
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    where w.shopper_id = ${shopper_id} and w.merchant_id = ${merchant_id}
    order by w.position, w.sku`.execute(db);
  return rows;
}
