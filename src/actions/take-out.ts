import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { inTransaction } from '../db/database.ts';
import type { CartLine } from '../domain/cart.ts';
import { changeLockedLine } from './change-line.ts';

/** Takes everything out of a cart. Each line can be put back. */
export async function emptyCart(context: Pick<Context, 'db' | 'now'>, cart_id: string): Promise<void> {
  await takeOut(context, cart_id, () => true);
}

/** Of a product that is in a cart in several options, leaves only one. */
export async function keepOnly(
  context: Pick<Context, 'db' | 'now'>,
  cart_id: string,
  sku: string,
): Promise<void> {
  await takeOut(context, cart_id, (line, lines) => {
    const kept = lines.find((each) => each.sku === sku);
    return kept !== undefined && line !== kept && line.product_sku === kept.product_sku;
  });
}

async function takeOut(
  { db, now }: Pick<Context, 'db' | 'now'>,
  cart_id: string,
  unwanted: (line: CartLine, lines: CartLine[]) => boolean,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id);
    if (cart?.status !== 'open') return;
    for (const { sku } of cart.lines.filter((line) => unwanted(line, cart.lines)))
      await changeLockedLine(tx, cart, { sku, quantity: 0 }, now());
  });
}
