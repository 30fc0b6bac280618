import type { Context } from '../context.ts';
import { lockCart, noteCountry } from '../db/carts.ts';
import { inTransaction } from '../db/database.ts';

/** Remembers where a shopper wants a cart to be sent. */
export async function chooseCountry(
  { db }: Pick<Context, 'db'>,
  cart_id: string,
  country: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id, []);
    if (cart?.status === 'open') await noteCountry(tx, cart_id, country);
  });
}
