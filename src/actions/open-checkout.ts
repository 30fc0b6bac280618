import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { addCheckout, type Checkout, liveCheckouts, noteExpired, noteSession } from '../db/checkouts.ts';
import { keepLines } from '../db/claims.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { type Cart, type CheckoutLine, obstacleOf, type Totals, totalsOf } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { expireSession, openSession } from '../stripe/checkout.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'now'>;

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
  | { kind: 'unavailable' };

/**
 * Opens Stripe's page for a cart: at today's prices, if they are the ones that the shopper has seen, and if there is
 * enough of everything. Asking again gives the same page as long as nothing has changed; a page that was opened for
 * something else is closed first.
 *
 * @param shownTotal what the page said, in minor units
 */
export async function openCheckout(
  context: Needs,
  cart_id: string,
  shownTotal: number,
  page: { returnUrl: string; shippingLabel: string },
): Promise<CheckoutResult> {
  const { db, stripe, queues, now } = context;
  const prepared = await inTransaction(db, (tx) => prepare(tx, cart_id, shownTotal, now()));
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
    checkout_id: checkout.id,
    cart_id,
    currency: checkout.currency,
    lines: checkout.lines,
    subtotal: checkout.subtotal,
    shipping: checkout.shipping,
    total: checkout.total,
    email,
    merchant: merchant.name,
    shipping_rates: merchant.shipping,
    shipping_label: page.shippingLabel,
    returnUrl: page.returnUrl,
    expires_at: checkout.expires_at,
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
  shownTotal: number,
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
  const lines = cart.lines.map(({ sku, title, kind, quantity, price, post_id }) => ({
    sku,
    title,
    kind,
    quantity,
    price,
    post_id,
  }));
  const totals = totalsOf(lines, merchant.shipping);
  if (totals.total !== shownTotal) return { kind: 'changed' };
  await keepLines(tx, { ...cart, lines }, KEEP_MINUTES);
  const live = await liveCheckouts(tx, cart_id);
  const same = live.find((checkout) => isSame(checkout, lines, totals) && livesOn(checkout, now));
  const checkout = same ?? (await add(tx, cart, lines, totals, now));
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

function add(tx: Tx, cart: Cart, lines: CheckoutLine[], totals: Totals, now: Date): Promise<Checkout> {
  // Whole seconds, as Stripe counts: a repeated request has to say the same.
  const expires_at = new Date(Math.floor((now.getTime() + SESSION_MS) / 1000) * 1000);
  return addCheckout(tx, {
    cart_id: cart.id,
    cart_version: cart.version,
    lines,
    currency: cart.currency,
    expires_at,
    ...totals,
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
