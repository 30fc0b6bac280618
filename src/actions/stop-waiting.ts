import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { inTransaction } from '../db/database.ts';
import { leaveLine } from '../db/waiting-line.ts';

/** Takes a shopper out of a variant's waiting line. What is in the cart, and kept for it, stays. */
export async function stopWaiting({ db }: Pick<Context, 'db'>, cart_id: string, sku: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id, [sku]);
    if (!cart) return;
    await leaveLine(tx, cart.merchant_id, [{ sku, shopper_id: cart.shopper_id }]);
  });
}
