import type { Context as Request } from 'hono';
import type { Context } from '../context.ts';
import { hashToken } from '../crypto.ts';
import { cartOfLink, languagesOf, readCart } from '../db/carts.ts';
import type { Cart } from '../domain/cart.ts';
import { oldLinkPage } from '../views/shopper.tsx';
import { frameOf, noteWishes } from './frame.ts';

/** A cart, with the mail whose link opened it. */
export interface OpenedCart {
  cart: Cart;
  mail_id: string | null;
  /** The path that opened it. */
  path: string;
}

/** The cart that a request's token opens, if it opens one. From now on the pages speak its shopper's language. */
export async function openedCart({ db, now }: Context, c: Request): Promise<OpenedCart | undefined> {
  const token = c.req.param('token') ?? '';
  const link = await cartOfLink(db, hashToken(token), now());
  const cart = link && (await readCart(db, link.cart_id));
  if (!cart) return undefined;
  noteWishes(c, await languagesOf(db, cart));
  const country = cart.country ?? regionOf(c.req.header('accept-language'));
  return { cart: { ...cart, country }, mail_id: link.mail_id, path: `/c/${token}` };
}

/** The region of the first language that a browser asks for: "AT" of "de-AT,de;q=0.9". */
const regionOf = (accepted: string | undefined): string | null =>
  /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/.exec(accepted ?? '')?.[1] ?? null;

/** What every link gets that opens no cart: nobody learns whether it ever did. */
export function oldLink(context: Context, c: Request) {
  return c.html(oldLinkPage(frameOf(context, c)), 404);
}
