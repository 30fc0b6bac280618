import { hashToken, randomToken } from '../../src/crypto.ts';
import { storeCartLinks } from '../../src/db/carts.ts';
import { aReply, POST } from './builders.ts';
import { aShopper, deliver } from './replies.ts';
import type { Shop } from './shop.ts';

export interface Held {
  shopper_id: string;
  cart_id: string;
  /** The path that opens the cart. */
  path: string;
}

/** A linked shopper with a cart that replies have filled. */
export async function aCart(
  shop: Shop,
  replies: Array<{ text?: string; to?: string }> = [{}],
  email?: string,
): Promise<Held> {
  const shopper_id = await aShopper(shop.context, email);
  await deliver(
    shop.context,
    ...replies.map((given) => aReply({ author: shopper_id, to: POST.mug, ...given })),
  );
  const { id: cart_id } = await shop.context.db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .executeTakeFirstOrThrow();
  return { shopper_id, cart_id, path: await aLink(shop, cart_id) };
}

export async function aLink(
  shop: Shop,
  cart_id: string,
  expires_at = new Date(Date.now() + 86_400_000),
): Promise<string> {
  const token = randomToken();
  await storeCartLinks(shop.context.db, [{ token_hash: hashToken(token), cart_id, expires_at }]);
  return `/c/${token}`;
}
