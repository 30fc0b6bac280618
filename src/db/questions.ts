import { sql } from 'kysely';
import type { Cart } from '../domain/cart.ts';
import type { Donation } from '../domain/catalog-file.ts';
import type { Db } from './database.ts';
import { offerRepliedTo } from './offers.ts';
import { availableTo } from './stock.ts';

/** A question that a reply left open: which variant of these products? */
export interface OpenQuestion {
  post_id: string;
  product_skus: string[];
}

/**
 * What replies left open at a merchant. A later reply that is about the same product closes the question, whatever
 * became of it (the later one may be the question now), and so does whatever was put into the cart on the page.
 */
export async function openQuestions(db: Db, cart: Cart): Promise<OpenQuestion[]> {
  const { rows } = await sql<OpenQuestion>`
    select o.post_id, about.product_skus
    from outcomes o
    cross join lateral (
      select coalesce(
        (select array_agg(sku) from jsonb_array_elements_text(o.detail -> 'among') sku),
        array[o.detail ->> 'product']) as product_skus) about
    where o.shopper_id = ${cart.shopper_id} and o.merchant_id = ${cart.merchant_id}
      and o.reason in ('which_product', 'missing_option', 'unknown_option', 'conflicting_option',
        'missing_amount', 'unclear_amount', 'other_currency', 'amount_bounds')
      and not exists (select from outcomes later where later.post_id = o.post_id and later.revision > o.revision)
      and not exists (
        select from outcomes later
        where later.shopper_id = o.shopper_id and later.post_id > o.post_id
          and later.merchant_id = o.merchant_id and later.outcome not in ('ignored', 'helped', 'failed')
          and (later.detail ->> 'product' = any(about.product_skus)
            or later.detail -> 'among' ?| about.product_skus))
      and not exists (
        select from cart_lines l
        join carts c on c.id = l.cart_id and c.shopper_id = o.shopper_id and c.merchant_id = o.merchant_id
        join variants v on v.merchant_id = c.merchant_id and v.sku = l.sku
        where l.position > o.post_id and v.product_sku = any(about.product_skus))
    order by o.post_id desc limit 5`.execute(db);
  return rows;
}

/** A variant that answers a question. */
export interface Choice {
  sku: string;
  product_sku: string;
  title: string;
  choice: string[];
  /** What one costs the shopper who puts it into the cart now. */
  price: number;
  /** Null: it is no donation. */
  donation: Donation | null;
  /** How many the shopper can have; null: not counted. */
  available: number | null;
  paused: boolean;
  starts_at: Date | null;
  ends_at: Date | null;
}

/** Of "variants v" and "products p": the places of a variant's values in the catalog's lists, so that S stands before M. */
const CATALOG_ORDER = sql`array(
  select (
    select listed.place from jsonb_array_elements(option.value -> 'values') with ordinality as listed (value, place)
    where listed.value ->> 'value' = chosen.value)
  from jsonb_array_elements(p.options) with ordinality as option (value, n)
  join unnest(v.choice) with ordinality as chosen (value, n) using (n)
  order by n)`;

/** Every variant of these products that can be chosen, sold out ones too. */
export async function choicesOf(
  db: Db,
  { merchant_id, shopper_id }: { merchant_id: string; shopper_id: string | null },
  product_skus: string[],
): Promise<Choice[]> {
  const { rows } = await sql<Choice>`
    select v.sku, v.product_sku, p.title, v.choice, coalesce(offer.price, p.price) as price, p.donation,
      coalesce(v.paused, p.paused) as paused,
      coalesce(v.starts_at, p.starts_at) as starts_at, coalesce(v.ends_at, p.ends_at) as ends_at,
      ${availableTo(sql`coalesce(h.quantity, 0)`)} as available
    from variants v
    left join holds h on h.merchant_id = v.merchant_id and h.sku = v.sku and h.shopper_id = ${shopper_id}
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    left join lateral (
      ${offerRepliedTo(sql`${shopper_id}::bigint`, sql`v.merchant_id`, sql`v.product_sku`)}) offer on true
    where v.merchant_id = ${merchant_id} and v.product_sku = any(${product_skus}::text[])
      and v.withdrawn_at is null and p.withdrawn_at is null
    order by p.sku, ${CATALOG_ORDER}, v.sku`.execute(db);
  return rows;
}

/** A variant that can be chosen, by its SKU. */
export async function choiceOf(
  db: Db,
  of: { merchant_id: string; shopper_id: string | null },
  sku: string,
): Promise<Choice | undefined> {
  const product_sku = await productOfVariant(db, of.merchant_id, sku);
  if (product_sku === undefined) return undefined;
  return (await choicesOf(db, of, [product_sku])).find((choice) => choice.sku === sku);
}

/** The product that a variant is of. */
export async function productOfVariant(
  db: Db,
  merchant_id: string,
  sku: string,
): Promise<string | undefined> {
  const variant = await db
    .selectFrom('variants')
    .select('product_sku')
    .where('merchant_id', '=', merchant_id)
    .where('sku', '=', sku)
    .executeTakeFirst();
  return variant?.product_sku;
}
