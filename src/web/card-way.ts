import type { Context as Request } from 'hono';
import { canPayByCard } from '../actions/prepare-checkout.ts';
import type { Context } from '../context.ts';
import { addressOf } from '../db/addresses.ts';
import { cardsOf } from '../db/customers.ts';
import { openPurchases, titlesOf } from '../db/purchases.ts';
import { type Cart, needsShipping, totalsOf } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { isExpired } from '../domain/kept-card.ts';
import { taxBehaviorOf } from '../domain/tax.ts';
import type { CardWay } from '../views/cart-card.tsx';
import { isOwner } from './session.ts';
import { signInFor } from './way-back.ts';

/**
 * How a cart's shopper can pay without entering anything; `undefined`: they keep no card that works. Who has not signed in is
 * not told whether one is kept: links get forwarded.
 */
export async function cardWayOf(
  context: Context,
  c: Request,
  cart: Cart,
  merchant: Merchant,
): Promise<CardWay | undefined> {
  const { db, now } = context;
  // Stripe finds tax on its own page only.
  if (taxBehaviorOf(merchant) !== null) return undefined;
  if (!(await isOwner(context, c, cart)))
    return { kind: 'sign_in', path: signInFor(new URL(c.req.url).pathname) };
  const cards = (await cardsOf(db, cart.shopper_id)).filter((card) => !isExpired(card, now()));
  if (cards.length === 0) return undefined;
  const ship_to = needsShipping(cart.lines) ? await addressOf(db, cart.shopper_id) : null;
  if (!canPayByCard(cart.lines, merchant, ship_to)) return { kind: 'no_address' };
  const { total } = totalsOf(cart.lines, merchant.shipping, ship_to?.address.country ?? null);
  return { kind: 'cards', cards, ship_to, total };
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
