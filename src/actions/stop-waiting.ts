import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { inTransaction } from '../db/database.ts';
import { claimsOf, writeClaims } from '../db/stock.ts';

/** Takes a shopper out of a variant's waiting line. What is in the cart, and kept for it, stays. */
export async function stopWaiting({ db }: Pick<Context, 'db'>, cart_id: string, sku: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id, [sku]);
    if (!cart) return;
    const { shopper_id, merchant_id } = cart;
    const claims = await claimsOf(tx, { shopper_ids: [shopper_id], merchant_ids: [merchant_id] });
    const own = claims.filter((claim) => claim.sku === sku);
    await writeClaims(
      tx,
      own.map((claim) => ({ ...claim, waiting: 0, linked: true, minutes: 0 })),
    );
  });
}
