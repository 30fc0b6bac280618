import type { Context } from '../context.ts';
import { lockCart, noteCountry } from '../db/carts.ts';
import { addCheckout, type Checkout, liveCheckouts, noteExpired, noteSession } from '../db/checkouts.ts';
import { keepLines } from '../db/claims.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { findPayee } from '../db/payees.ts';
import {
  type Cart,
  type CheckoutLine,
  countryForShipping,
  obstacleOf,
  type Totals,
  totalsOf,
} from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { largestCharge } from '../domain/currency.ts';
import { type Split, sellerOf, splitOf } from '../domain/payee.ts';
import { taxBehaviorOf } from '../domain/tax.ts';
import { expireSession, openSession } from '../stripe/checkout.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'now' | 'config'>;

/** Stripe takes 30 minutes to 24 hours. */
const SESSION_MS = 60 * 60_000;
/** A session that is about to end is replaced. */
const REUSE_MS = 5 * 60_000;
/** What has no session yet must leave Stripe its 30 minutes. */
const CREATE_MS = 35 * 60_000;

/** Pieces are kept for as long as the session lives, and some minutes more for the news of a payment in its last second. */
const KEEP_MINUTES = SESSION_MS / 60_000 + 10;

export type CheckoutResult =
  /** Stripe's page, where to pay. */
  | { kind: 'pay'; url: string }
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

/**
 * Opens Stripe's page for a cart: at today's prices, if they are the ones that the shopper has seen, and if there is
 * enough of everything. Asking again gives the same page as long as nothing has changed; a page that was opened for
 * something else is closed first.
 *
 * @param shownTotal what the page said, in minor units
 * @param page what else it said: where the cart is sent to, if that decides about the shipping
 */
export async function openCheckout(
  context: Needs,
  cart_id: string,
  shownTotal: number,
  page: { returnUrl: string; shippingLabel: string; country?: string | null },
): Promise<CheckoutResult> {
  const { db, stripe, queues, config, now } = context;
  const shown = { total: shownTotal, country: page.country ?? null };
  const prepared = await inTransaction(db, (tx) =>
    prepare(tx, cart_id, shown, config.PLATFORM_FEE_BPS, now()),
  );
  if (!('checkout' in prepared)) return prepared;
  const { checkout, replaced, merchant, email } = prepared;
  for (const old of replaced) {
    const ended = old.session_id === null || (await expireSession(stripe, old.session_id));
    if (ended) await noteExpired(db, old.id);
    else {
      // It was paid in this moment: that payment counts.
      await queues.add('record-payment', { session_id: old.session_id as string });
      return { kind: 'paid' };
    }
  }
  if (checkout.url) return { kind: 'pay', url: checkout.url };
  const session = await openSession(stripe, {
    checkout,
    email,
    merchant: merchant.name,
    shipping_rates: merchant.shipping,
    shipping_label: page.shippingLabel,
    returnUrl: page.returnUrl,
  });
  await noteSession(db, checkout.id, session);
  return { kind: 'pay', url: session.url };
}

interface Prepared {
  checkout: Checkout;
  /** Attempts that somebody could still pay, for something else than what the cart holds now. */
  replaced: Checkout[];
  merchant: Merchant;
  email: string | null;
}

async function prepare(
  tx: Tx,
  cart_id: string,
  shown: { total: number; country: string | null },
  fee_bps: number,
  now: Date,
): Promise<Prepared | Exclude<CheckoutResult, { kind: 'pay' }>> {
  const cart = await lockCart(tx, cart_id);
  if (cart?.status !== 'open') return { kind: 'paid' };
  if (cart.lines.length === 0) return { kind: 'empty' };
  const merchant = await tx
    .selectFrom('merchants')
    .selectAll()
    .where('id', '=', cart.merchant_id)
    .executeTakeFirstOrThrow();
  const blocked = cart.lines.some((line) => obstacleOf(line, cart.lines, now) !== undefined);
  if (blocked || merchant.withdrawn_at) return { kind: 'unavailable' };
  const payee = await findPayee(tx, merchant.id);
  const seller = sellerOf(payee);
  if (seller.kind === 'nobody') return { kind: 'not_ready' };
  const terms = termsOf(cart, merchant, shown.country);
  if (terms.total !== shown.total) return { kind: 'changed' };
  if (terms.total > largestCharge(cart.currency)) return { kind: 'too_much' };
  const bps = payee?.fee_bps ?? fee_bps;
  const split = splitOf(seller, { ...terms, currency: cart.currency }, bps);
  const attempt = { ...terms, ...split, fee_bps: bps };
  if (attempt.country !== null) await noteCountry(tx, cart.id, attempt.country);
  await keepLines(tx, { ...cart, lines: attempt.lines }, KEEP_MINUTES);
  const live = await liveCheckouts(tx, cart_id);
  const same = live.find((checkout) => isSame(checkout, attempt) && livesOn(checkout, now));
  const checkout = same ?? (await add(tx, cart, attempt, now));
  const shopper = await tx
    .selectFrom('shoppers')
    .select('email')
    .where('x_user_id', '=', cart.shopper_id)
    .executeTakeFirst();
  return {
    checkout,
    replaced: live.filter((each) => each.id !== checkout.id),
    merchant,
    email: shopper?.email ?? null,
  };
}

/** What a cart's shopper is asked to pay, and by which rules. @param shown where the page said that it is sent to */
function termsOf(
  cart: Cart,
  merchant: Merchant,
  shown: string | null,
): Totals & Pick<Checkout, 'lines' | 'country' | 'tax_behavior'> {
  const tax_behavior = taxBehaviorOf(merchant);
  const lines = cart.lines.map(
    ({ sku, title, kind, quantity, price, post_id, tax_code }): CheckoutLine => ({
      ...{ sku, title, kind, quantity, price, post_id },
      ...(tax_behavior && tax_code ? { tax_code } : {}),
    }),
  );
  const country = countryForShipping(lines, merchant.shipping, shown ?? cart.country);
  return { lines, country, tax_behavior, ...totalsOf(lines, merchant.shipping, country) };
}

type Terms = ReturnType<typeof termsOf> & Split & Pick<Checkout, 'fee_bps'>;

function add(tx: Tx, cart: Cart, terms: Terms, now: Date): Promise<Checkout> {
  // Whole seconds, as Stripe counts: a repeated request has to say the same.
  const expires_at = new Date(Math.floor((now.getTime() + SESSION_MS) / 1000) * 1000);
  return addCheckout(tx, {
    cart_id: cart.id,
    cart_version: cart.version,
    currency: cart.currency,
    expires_at,
    ...terms,
  });
}

function livesOn({ url, expires_at }: Checkout, now: Date): boolean {
  return expires_at.getTime() - now.getTime() > (url ? REUSE_MS : CREATE_MS);
}

/** Whether an attempt asks for the same as another would now: the same amounts, for the same, by the same rules. */
function isSame(checkout: Checkout, terms: Terms): boolean {
  const text = ({ lines, ...asked }: Terms): string =>
    JSON.stringify([
      ...SAME.map((name) => asked[name]),
      lines.map((line) => [line.sku, line.title, line.quantity, line.price, line.tax_code]),
    ]);
  return text(checkout) === text(terms);
}

const SAME = ['total', 'shipping', 'country', 'tax_behavior', 'fee', 'destination'] as const;
