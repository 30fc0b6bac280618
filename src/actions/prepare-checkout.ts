import { addCheckout, type Checkout, liveCheckouts } from '../db/checkouts.ts';
import { keepLines } from '../db/claims.ts';
import type { Tx } from '../db/database.ts';
import {
  type Cart,
  type CheckoutLine,
  needsShipping,
  obstacleOf,
  type Totals,
  totalsOf,
} from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { isShippable, type ShipTo } from '../domain/order.ts';
import type { Line } from '../domain/outcome.ts';

/** Stripe takes 30 minutes to 24 hours. */
const SESSION_MS = 60 * 60_000;
/** A session that is about to end is replaced. */
const REUSE_MS = 5 * 60_000;
/** What has no session yet must leave Stripe its 30 minutes. */
const CREATE_MS = 35 * 60_000;

/** Pieces are kept for as long as the session lives, and some minutes more for the news of a payment in its last second. */
const KEEP_MINUTES = SESSION_MS / 60_000 + 10;

/** Why a cart cannot be paid now. */
export type NotNow =
  /** The cart is paid already, or a payment is being confirmed. */
  | { kind: 'paid' }
  | { kind: 'empty' }
  /** The total is not the one that the shopper has seen. */
  | { kind: 'changed' }
  /** Something in it cannot be bought as it is. */
  | { kind: 'unavailable' };

export interface Prepared {
  kind: 'ready';
  checkout: Checkout;
  /** Attempts that somebody could still pay, for something else than what is paid now. */
  replaced: Checkout[];
  merchant: Merchant;
}

/** What of a cart is to be paid, and how. */
export interface Wanted {
  /** What the shopper was told, in minor units. */
  shownTotal: number;
  /** A part of the cart; all of it, if left out. */
  only?: Line[];
  /** The kept card that pays; without one a session does. */
  card?: { id: string; payer: string; ship_to: ShipTo | null };
}

/**
 * Writes down the attempt to pay a locked cart: at today's prices, if they are the ones that the shopper was told, and if
 * there is enough of everything, which is kept for them meanwhile.
 */
export async function prepareCheckout(
  tx: Tx,
  cart: Cart,
  { shownTotal, only, card }: Wanted,
  now: Date,
): Promise<Prepared | NotNow> {
  if (cart.status !== 'open') return { kind: 'paid' };
  const chosen = only ? partOf(cart, only) : cart.lines;
  if (chosen.length === 0) return { kind: 'empty' };
  const merchant = await tx
    .selectFrom('merchants')
    .selectAll()
    .where('id', '=', cart.merchant_id)
    .executeTakeFirstOrThrow();
  const blocked = chosen.some((line) => obstacleOf(line, cart.lines, now) !== undefined);
  const homeless = card && needsShipping(chosen) && !isShippable(card.ship_to, merchant.shipping);
  if (blocked || homeless || merchant.withdrawn_at) return { kind: 'unavailable' };
  const lines = chosen.map(({ sku, title, kind, quantity, price, post_id }) => ({
    sku,
    title,
    kind,
    quantity,
    price,
    post_id,
  }));
  const totals = totalsOf(lines, merchant.shipping);
  if (totals.total !== shownTotal) return { kind: 'changed' };
  const live = await liveCheckouts(tx, cart.id);
  // A card is being charged for it: whether that works is not known yet.
  if (live.some(({ card_id }) => card_id !== null)) return { kind: 'paid' };
  // All of a line stays kept, also where only a part of it is paid.
  const kept = cart.lines.filter(({ sku }) => lines.some((line) => line.sku === sku));
  await keepLines(tx, { ...cart, lines: kept }, KEEP_MINUTES);
  const same = card
    ? undefined
    : live.find((checkout) => isSame(checkout, lines, totals) && livesOn(checkout, now));
  const checkout = same ?? (await add(tx, cart, { lines, ...totals }, card, now));
  return { kind: 'ready', checkout, replaced: live.filter((each) => each.id !== checkout.id), merchant };
}

/** Lines of a cart with other numbers; none where it does not hold as many. */
function partOf({ lines }: Cart, only: Line[]): Cart['lines'] {
  const part = only.flatMap(({ sku, quantity }) => {
    const line = lines.find((each) => each.sku === sku);
    return line && line.quantity >= quantity ? [{ ...line, quantity }] : [];
  });
  return part.length === only.length ? part : [];
}

function add(
  tx: Tx,
  cart: Cart,
  bought: { lines: CheckoutLine[] } & Totals,
  card: Wanted['card'],
  now: Date,
): Promise<Checkout> {
  // Whole seconds, as Stripe counts: a repeated request has to say the same.
  const expires_at = new Date(Math.floor((now.getTime() + SESSION_MS) / 1000) * 1000);
  return addCheckout(tx, {
    cart_id: cart.id,
    cart_version: cart.version,
    currency: cart.currency,
    expires_at,
    ...bought,
    ...(card ? { card_id: card.id, payer: card.payer, ship_to: card.ship_to } : {}),
  });
}

function livesOn({ url, expires_at }: Checkout, now: Date): boolean {
  return expires_at.getTime() - now.getTime() > (url ? REUSE_MS : CREATE_MS);
}

function isSame(checkout: Checkout, lines: CheckoutLine[], totals: Totals): boolean {
  const text = (all: CheckoutLine[]): string =>
    JSON.stringify(all.map((line) => [line.sku, line.title, line.quantity, line.price]));
  return (
    checkout.total === totals.total &&
    checkout.shipping === totals.shipping &&
    text(checkout.lines) === text(lines)
  );
}
