import { type RawBuilder, sql } from 'kysely';
import type { Asked, Pricing } from '../domain/price.ts';
import type { Db, Tx } from './database.ts';

/**
 * The offer of the post that a shopper's newest reply about a product was to: a row with its price and its post, where it
 * has one. Whatever fills a cart without a reply of its own (an answer on the page, a turn in the waiting line) takes this one.
 */
export const offerRepliedTo = (
  shopper_id: RawBuilder<unknown>,
  merchant_id: RawBuilder<unknown>,
  product_sku: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  select offered.post_id as offer_post_id, offered.price
  from (
    select detail ->> 'offer_post' as post_id from outcomes o
    where o.shopper_id = ${shopper_id} and o.merchant_id = ${merchant_id}
      and o.outcome not in ('ignored', 'helped', 'failed')
      and (o.detail ->> 'product' = ${product_sku} or o.detail -> 'among' ? ${product_sku})
    order by o.post_id desc, o.revision desc limit 1
  ) newest
  join post_products offered on offered.post_id = newest.post_id::bigint and offered.merchant_id = ${merchant_id}
    and offered.product_sku = ${product_sku} and offered.price is not null
  offset 0`;

/** A shopper at a merchant, with a product of theirs. */
interface About {
  shopper_id: string;
  merchant_id: string;
  product_sku: string;
}

/** The offer of the post that a shopper's newest reply about a product was to, if it has one. */
export async function newestOffer(tx: Tx, about: About): Promise<Asked | undefined> {
  const { shopper_id, merchant_id, product_sku } = about;
  const { rows } = await sql<Asked>`${offerRepliedTo(
    sql`${shopper_id}::bigint`,
    sql`${merchant_id}::text`,
    sql`${product_sku}::text`,
  )}`.execute(tx);
  return rows[0];
}

/** What a product costs for replies to a post alone; `undefined`: what it costs everywhere. */
export async function offerAt(
  db: Db,
  { merchant_id, product_sku, post_id }: Omit<About, 'shopper_id'> & { post_id: string },
): Promise<Asked | undefined> {
  const row = await db
    .selectFrom('post_products')
    .select('price')
    .where('post_id', '=', post_id)
    .where('merchant_id', '=', merchant_id)
    .where('product_sku', '=', product_sku)
    .executeTakeFirst();
  return row?.price == null ? undefined : { price: row.price, offer_post_id: post_id };
}

/** How a line of a cart is priced, also one that was taken out, whose number is 0. */
export async function pricingOfLine(
  tx: Tx,
  cart_id: string,
  sku: string,
): Promise<(Pricing & { quantity: number }) | undefined> {
  return tx
    .selectFrom('cart_lines')
    .select(['quantity', 'price', 'priced_at', 'offer_post_id'])
    .where('cart_id', '=', cart_id)
    .where('sku', '=', sku)
    .executeTakeFirst();
}
