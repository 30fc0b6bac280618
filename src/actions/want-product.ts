import type { Context } from '../context.ts';
import { writeClaims } from '../db/claims.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { keepErasuresOut } from '../db/erased.ts';
import { newestOffer, offerAt } from '../db/offers.ts';
import { lockShoppers, writeSettled } from '../db/settle.ts';
import { lockProducts, stockLeft } from '../db/stock.ts';
import type { Decision } from '../domain/outcome.ts';
import { offerOf, orderOf, type PageWish } from '../domain/page-order.ts';
import type { Asked } from '../domain/price.ts';
import type { Order } from '../domain/read-reply.ts';
import { settle } from '../domain/settle.ts';
import type { ShopperState } from '../domain/shopper-state.ts';
import { idAtTime } from '../domain/snowflake.ts';
import { readStates } from './shopper-states.ts';

/** What became of a wish: what a reply that says the same would have become, and the cart that it is about. */
export interface Wanted {
  decision: Decision;
  /** `undefined`: there is none, and the wish made none. */
  cart_id: string | undefined;
}

/**
 * Does what the form on a product's page asks for, for a shopper who has signed in, by the rules of replies: limits,
 * stock, waiting line, schedule. Asking again for as many changes nothing. No mail is sent: they see what happens.
 *
 * @returns `undefined`: the product is not sold, or the shopper is gone
 */
export async function wantProduct(
  { db, catalog, now }: Pick<Context, 'db' | 'catalog' | 'now'>,
  shopper_id: string,
  wish: PageWish,
): Promise<Wanted | undefined> {
  const current = await catalog();
  const order = current && orderOf(wish, current);
  if (!order) return undefined;
  const { merchant, product } = order;
  const of = { merchant_ids: [merchant.id], product_skus: [product.sku] };
  const at = now();
  return inTransaction(db, async (tx) => {
    await keepErasuresOut(tx);
    await lockProducts(tx, of);
    const linked = new Map((await lockShoppers(tx, [shopper_id])).map((row) => [row.x_user_id, row]));
    if (!linked.has(shopper_id)) return undefined;
    const pair = [{ shopper_id, merchant_id: merchant.id }];
    const state = (await readStates(tx, linked, pair, pair))(shopper_id, merchant.id);
    const left = new Map((await stockLeft(tx, of)).map((shelf) => [shelf.sku, shelf.left]));
    const offer = offerOf(product, wish.post, current) ?? (await ownOffer(tx, order, shopper_id, state));
    const position = idAtTime(at);
    const priced: Order = offer ? { ...order, offer } : order;
    const { decision, changes, claims } = settle(position, priced, state, (_, sku) => left.get(sku), { at });
    const cart = { shopper_id, merchant_id: merchant.id, currency: merchant.currency };
    await writeSettled(
      tx,
      {
        outcomes: [],
        lines: changes.map((change) => ({ ...cart, post_id: null, ...change })),
        questions: changes.length === 0 && decision.outcome === 'waitlisted' ? [cart] : [],
      },
      0,
    );
    await writeClaims(
      tx,
      claims.map((claim) => ({
        ...{ shopper_id, merchant_id: merchant.id, linked: true, minutes: product.hold_minutes },
        ...claim,
      })),
    );
    return { decision, cart_id: await openCartOf(tx, cart) };
  });
}

/** The offer that the shopper has by a reply: that of the line which is there, else of the newest reply about the product. */
async function ownOffer(
  tx: Tx,
  { merchant, product }: Order,
  shopper_id: string,
  { lines }: ShopperState,
): Promise<Asked | undefined> {
  const about = { merchant_id: merchant.id, product_sku: product.sku };
  const offers = [...lines.values()].flatMap(({ quantity, offer_post_id }) =>
    quantity > 0 && offer_post_id !== null ? [offer_post_id] : [],
  );
  for (const post_id of offers) {
    const offer = await offerAt(tx, { ...about, post_id });
    if (offer) return offer;
  }
  return newestOffer(tx, { ...about, shopper_id });
}

async function openCartOf(
  tx: Tx,
  { shopper_id, merchant_id, currency }: { shopper_id: string; merchant_id: string; currency: string },
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .where('merchant_id', '=', merchant_id)
    .where('currency', '=', currency)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return row?.id;
}
