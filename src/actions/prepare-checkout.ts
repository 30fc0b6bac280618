import { noteCountry } from '../db/carts.ts';
import { addCheckout, type Checkout, liveCheckouts } from '../db/checkouts.ts';
import { keepLines } from '../db/claims.ts';
import type { Tx } from '../db/database.ts';
import { merchantOf } from '../db/merchants.ts';
import { findPayee } from '../db/payees.ts';
import {
  type Cart,
  type CheckoutLine,
  countryForShipping,
  needsShipping,
  obstacleOf,
  type Totals,
  totalsOf,
} from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { largestCharge } from '../domain/currency.ts';
import { isShippable, type ShipTo } from '../domain/order.ts';
import type { Line } from '../domain/outcome.ts';
import { type Split, sellerOf, splitOf } from '../domain/payee.ts';
import { taxBehaviorOf, taxCodeOf } from '../domain/tax.ts';

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
  | { kind: 'unavailable' }
  /** The merchant cannot take payments for now. */
  | { kind: 'not_ready' }
  /** It costs more than can be charged at once. */
  | { kind: 'too_much' };

export interface Prepared {
  kind: 'ready';
  checkout: Checkout;
  /** Attempts that somebody could still pay, for something else than what is paid now. */
  replaced: Checkout[];
  merchant: Merchant;
}

/** What of a cart is to be paid, and how. */
export interface Wanted {
  /** What the shopper was told: in minor units, and where it is sent to, if that decides about the shipping. */
  shown: { total: number; country: string | null };
  /** A part of the cart; all of it, if left out. */
  only?: Line[];
  /** It was begun by its shopper, signed in: their cards may be offered. Whoever has no more than the cart's link is not. */
  signed_in: boolean;
  /** The kept card that pays; without one a session does. */
  card?: { id: string; payer: string; ship_to: ShipTo | null };
}

/**
 * Writes down the attempt to pay a locked cart: at today's prices, if they are the ones that the shopper was told, and if
 * there is enough of everything, which is kept for them meanwhile.
 *
 * @param fee_bps the platform's part of the sales of merchants who have no other, in hundredths of a percent
 */
export async function prepareCheckout(
  tx: Tx,
  cart: Cart,
  { shown, only, signed_in, card }: Wanted,
  { fee_bps, now }: { fee_bps: number; now: Date },
): Promise<Prepared | NotNow> {
  if (cart.status !== 'open') return { kind: 'paid' };
  const chosen = only ? partOf(cart, only) : cart.lines;
  if (chosen.length === 0) return { kind: 'empty' };
  const merchant = await merchantOf(tx, cart);
  const blocked = chosen.some((line) => obstacleOf(line, cart.lines, now) !== undefined);
  if (blocked || merchant.withdrawn_at) return { kind: 'unavailable' };
  if (card && !canPayByCard(chosen, merchant, card.ship_to)) return { kind: 'unavailable' };
  const payee = await findPayee(tx, merchant.id);
  const seller = sellerOf(payee);
  if (seller.kind === 'nobody') return { kind: 'not_ready' };
  const country = card?.ship_to?.address.country ?? shown.country ?? cart.country;
  const terms = termsOf(chosen, merchant, country);
  if (terms.total !== shown.total) return { kind: 'changed' };
  if (terms.total > largestCharge(cart.currency)) return { kind: 'too_much' };
  const bps = payee?.fee_bps ?? fee_bps;
  const split = splitOf(seller, { ...terms, currency: cart.currency }, bps);
  const attempt = { ...terms, ...split, fee_bps: bps, signed_in };
  const live = await liveCheckouts(tx, cart.id);
  // A card is being charged for it: whether that works is not known yet.
  if (live.some(({ card_id }) => card_id !== null)) return { kind: 'paid' };
  if (attempt.country !== null && !only) await noteCountry(tx, cart.id, attempt.country);
  // All of a line stays kept, also where only a part of it is paid.
  const kept = cart.lines.filter(({ sku }) => attempt.lines.some((line) => line.sku === sku));
  await keepLines(tx, { ...cart, lines: kept }, KEEP_MINUTES);
  const same = card
    ? undefined
    : live.find((checkout) => isSame(checkout, attempt) && livesOn(checkout, now));
  const checkout = same ?? (await add(tx, cart, attempt, card, now));
  return { kind: 'ready', checkout, replaced: live.filter((each) => each.id !== checkout.id), merchant };
}

/**
 * Whether a kept card can pay this: Stripe finds tax on its own page only, and what is sent needs an address that the
 * merchant sends to.
 */
export const canPayByCard = (
  lines: Cart['lines'],
  merchant: Pick<Merchant, 'shipping' | 'tax' | 'prices_include_tax'>,
  ship_to: ShipTo | null,
): boolean =>
  taxBehaviorOf(merchant) === null && (!needsShipping(lines) || isShippable(ship_to, merchant.shipping));

/** Lines of a cart with other numbers; none where it does not hold as many. */
function partOf({ lines }: Cart, only: Line[]): Cart['lines'] {
  const part = only.flatMap(({ sku, quantity }) => {
    const line = lines.find((each) => each.sku === sku);
    return line && line.quantity >= quantity ? [{ ...line, quantity }] : [];
  });
  return part.length === only.length ? part : [];
}

/** What a shopper is asked to pay for lines, and by which rules. @param to where they are sent, as far as it is known */
function termsOf(
  chosen: Cart['lines'],
  merchant: Merchant,
  to: string | null,
): Totals & Pick<Checkout, 'lines' | 'country' | 'tax_behavior'> {
  const tax_behavior = taxBehaviorOf(merchant);
  const lines = chosen.map(
    ({ sku, title, kind, quantity, price, post_id, tax_code }): CheckoutLine => ({
      ...{ sku, title, kind, quantity, price, post_id },
      ...(tax_behavior ? { tax_code: taxCodeOf({ kind, tax_code }) } : {}),
    }),
  );
  const country = countryForShipping(lines, merchant.shipping, to);
  return { lines, country, tax_behavior, ...totalsOf(lines, merchant.shipping, country) };
}

type Terms = ReturnType<typeof termsOf> & Split & Pick<Checkout, 'fee_bps' | 'signed_in'>;

function add(tx: Tx, cart: Cart, terms: Terms, card: Wanted['card'], now: Date): Promise<Checkout> {
  // Whole seconds, as Stripe counts: a repeated request has to say the same.
  const expires_at = new Date(Math.floor((now.getTime() + SESSION_MS) / 1000) * 1000);
  return addCheckout(tx, {
    cart_id: cart.id,
    cart_version: cart.version,
    currency: cart.currency,
    expires_at,
    ...terms,
    ...(card ? { card_id: card.id, payer: card.payer, ship_to: card.ship_to } : {}),
  });
}

function livesOn({ url, expires_at }: Checkout, now: Date): boolean {
  return expires_at.getTime() - now.getTime() > (url ? REUSE_MS : CREATE_MS);
}

/** Whether an attempt asks for the same as another would now: the same amounts, of the same, for the same, by the same rules. */
function isSame(checkout: Checkout, terms: Terms): boolean {
  const text = ({ lines, ...asked }: Terms): string =>
    JSON.stringify([
      ...SAME.map((name) => asked[name]),
      lines.map((line) => [line.sku, line.title, line.quantity, line.price, line.tax_code]),
    ]);
  return text(checkout) === text(terms);
}

const SAME = ['total', 'shipping', 'country', 'tax_behavior', 'fee', 'destination', 'signed_in'] as const;
