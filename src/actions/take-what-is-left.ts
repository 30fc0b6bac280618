import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { inTransaction } from '../db/database.ts';
import { merchantOf } from '../db/merchants.ts';
import { buyableLines, sharesOf } from '../domain/buyable.ts';
import { totalsOf } from '../domain/cart.ts';
import { changeLockedLine } from './change-line.ts';

export type TakeResult =
  | { kind: 'taken' }
  /** The cart is paid. */
  | { kind: 'gone' }
  /** What can be bought does not cost any more what the shopper has seen. */
  | { kind: 'changed' };

/**
 * Leaves in a cart what can be bought at this moment, and takes the rest out.
 *
 * @param shownTotal what the page said that this costs; nothing where the shopper is not about to pay
 * @param country where the page said that it is sent to
 * @param wait what is sold out is waited for, where there is a waiting line
 */
export async function takeWhatIsLeft(
  { db, now }: Pick<Context, 'db' | 'now'>,
  cart_id: string,
  {
    shownTotal,
    country = null,
    wait = false,
  }: { shownTotal?: number; country?: string | null; wait?: boolean } = {},
): Promise<TakeResult> {
  return inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id);
    if (cart?.status !== 'open') return { kind: 'gone' };
    const shares = sharesOf(cart.lines, now());
    if (shownTotal !== undefined) {
      const { shipping } = await merchantOf(tx, cart);
      if (totalsOf(buyableLines(shares), shipping, country ?? cart.country).total !== shownTotal)
        return { kind: 'changed' };
    }
    for (const { line, quantity, missing } of shares) {
      const wish = { sku: line.sku, quantity, waitFor: wait ? missing : 0, final: wait && missing > 0 };
      if (quantity !== line.quantity) await changeLockedLine(tx, cart, wish, now());
    }
    return { kind: 'taken' };
  });
}
