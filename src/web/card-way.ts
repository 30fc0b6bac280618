import type { Context as Request } from 'hono';
import type { Context } from '../context.ts';
import { addressOf } from '../db/addresses.ts';
import { cardsOf } from '../db/customers.ts';
import { openPurchases, titlesOf } from '../db/purchases.ts';
import { type Cart, needsShipping } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { isExpired } from '../domain/kept-card.ts';
import { isShippable } from '../domain/order.ts';
import type { CardWay } from '../views/cart-card.tsx';
import { signedIn } from './session.ts';

/** How a cart's shopper can pay without entering anything; `undefined`: they keep no card that works. */
export async function cardWayOf(
  context: Context,
  c: Request,
  cart: Cart,
  merchant: Merchant,
): Promise<CardWay | undefined> {
  const { db, now } = context;
  const cards = (await cardsOf(db, cart.shopper_id)).filter((card) => !isExpired(card, now()));
  if (cards.length === 0) return undefined;
  if ((await signedIn(context, c))?.x_user_id !== cart.shopper_id) return { kind: 'sign_in' };
  if (!needsShipping(cart.lines)) return { kind: 'cards', cards, ship_to: null };
  const ship_to = await addressOf(db, cart.shopper_id);
  return isShippable(ship_to, merchant.shipping) ? { kind: 'cards', cards, ship_to } : { kind: 'no_address' };
}

/** What replies are about to buy of a cart. */
export async function beingBought({ db }: Context, cart: Cart) {
  const purchases = await openPurchases(db, cart);
  return Promise.all(
    purchases.map(async (purchase) => ({
      post_id: purchase.post_id,
      confirming: purchase.status === 'confirming',
      items: (await titlesOf(db, purchase)).map(({ quantity, title }) => `${quantity} × ${title}`).join(', '),
    })),
  );
}
