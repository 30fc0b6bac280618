import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { inTransaction } from '../db/database.ts';
import { productOfVariant } from '../db/questions.ts';
import { type ChangeResult, changeLockedLine } from './change-line.ts';

/**
 * Puts another variant of the same product in the place of a line, as many pieces as there are, or nothing is changed.
 * What was kept of the first is free for others.
 */
export async function switchOption(
  { db, now }: Pick<Context, 'db' | 'now'>,
  cart_id: string,
  { sku, to }: { sku: string; to: string },
): Promise<ChangeResult> {
  return inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id, [sku, to]);
    const line = cart?.lines.find((each) => each.sku === sku);
    if (cart?.status !== 'open' || !line) return { kind: 'gone' };
    if (sku === to) return { kind: 'changed' };
    if ((await productOfVariant(tx, cart.merchant_id, to)) !== line.product_sku) return { kind: 'gone' };
    // What leaves counts for no limit any more.
    const others = { ...cart, lines: cart.lines.filter((each) => each !== line) };
    const quantity = line.quantity + (others.lines.find((each) => each.sku === to)?.quantity ?? 0);
    const { post_id, offer_post_id, priced_at } = line;
    // It is the same product, by the same reply: what was said of its price stays.
    const like = { price: line.price_then, priced_at, offer_post_id };
    // The list of options is the way back: neither of the two lines has one of its own.
    const result = await changeLockedLine(
      tx,
      others,
      { sku: to, quantity, post_id, like, final: true },
      now(),
    );
    if (result.kind !== 'changed') return result;
    return changeLockedLine(tx, cart, { sku, quantity: 0, final: true }, now());
  });
}
