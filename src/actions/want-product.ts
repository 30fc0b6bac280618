import type { Context } from '../context.ts';
import { writeClaims } from '../db/claims.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { keepErasuresOut } from '../db/erased.ts';
import { lockShoppers, writeSettled } from '../db/settle.ts';
import { lockProducts, stockLeft } from '../db/stock.ts';
import { skuOf } from '../domain/options.ts';
import type { Decision } from '../domain/outcome.ts';
import { offerOf, orderOf, type PageWish } from '../domain/page-order.ts';
import { settle } from '../domain/settle.ts';
import { idAtTime } from '../domain/snowflake.ts';
import { askedOnPage } from './price-line.ts';
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
    const line = state.lines.get(skuOf(product.sku, wish.choice));
    const about = { shopper_id, merchant_id: merchant.id, product_sku: product.sku };
    const offer =
      offerOf(product, wish.post, current) ??
      (await askedOnPage(tx, about, line && line.quantity > 0 ? line : undefined, product.price));
    const stockOf = (_: string, sku: string) => left.get(sku);
    const { decision, changes, claims } = settle(idAtTime(at), { ...order, offer }, state, stockOf, { at });
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
