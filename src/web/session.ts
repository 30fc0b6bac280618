import type { Context as Request } from 'hono';
import type { Context } from '../context.ts';
import { hashToken, randomToken } from '../crypto.ts';
import { openCarts, storeCartLinks } from '../db/carts.ts';
import { storeOrderLinks } from '../db/order-links.ts';
import { type Shopper, shopperOfSession } from '../db/shoppers.ts';
import { readCookie } from './cookies.ts';

const DAY_MS = 86_400_000;

/** Whose browser sent the request, if they have signed in with X. */
export function signedIn({ db, config }: Context, request: Request): Promise<Shopper | undefined> {
  const known = request.get('shopper') as Promise<Shopper | undefined> | undefined;
  if (known) return known; // every page asks for the reader's language, and many for the reader
  const token = readCookie(request, config, 'session');
  const shopper = token ? shopperOfSession(db, hashToken(token)) : Promise.resolve(undefined);
  request.set('shopper', shopper);
  return shopper;
}

/** Whether a cart's own shopper sent the request, signed in with X. Its link may be in other hands by now. */
export async function isOwner(
  context: Context,
  request: Request,
  { shopper_id }: { shopper_id: string },
): Promise<boolean> {
  return (await signedIn(context, request))?.x_user_id === shopper_id;
}

/** Where to go after signing in: to the cart, if there is just one; else to the list of them. */
export async function landing(context: Context, shopper: Shopper): Promise<string> {
  const carts = await openCarts(context.db, shopper.x_user_id);
  const [only] = carts;
  return carts.length === 1 && only ? openingPath(context, only.id) : '/me';
}

/** A path that opens a cart, with a key of its own. */
export async function openingPath({ db, config, now }: Context, cart_id: string): Promise<string> {
  const token = randomToken();
  const expires_at = new Date(now().getTime() + config.LINK_DAYS * DAY_MS);
  await storeCartLinks(db, [{ token_hash: hashToken(token), cart_id, expires_at }]);
  return `/c/${token}`;
}

/** A path that opens an order's page, with a key of its own. */
export async function orderPath({ db, config, now }: Context, order_id: string): Promise<string> {
  const token = randomToken();
  const expires_at = new Date(now().getTime() + config.LINK_DAYS * DAY_MS);
  await storeOrderLinks(db, [{ token_hash: hashToken(token), order_id, expires_at }]);
  return `/o/${token}`;
}
