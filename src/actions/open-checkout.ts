import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { noteExpired, noteSession } from '../db/checkouts.ts';
import { inTransaction } from '../db/database.ts';
import { undoAll } from '../db/purchases.ts';
import { findShopper } from '../db/shoppers.ts';
import { sellerOf } from '../domain/payee.ts';
import { isFailure, isOtherWords, openSession, type Payer } from '../stripe/checkout.ts';
import { checkPayee } from './check-payee.ts';
import { closeCheckouts, closeReplaced } from './close-checkouts.ts';
import { withCustomer } from './keep-customer.ts';
import { type NotNow, type Prepared, prepareCheckout } from './prepare-checkout.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'now' | 'config' | 'log'>;

/** Stripe's page, where to pay, or why there is none. */
export type CheckoutResult = { kind: 'pay'; url: string } | NotNow;

interface PageShown {
  returnUrl: string;
  shippingLabel: string;
  language: string;
  country?: string | null;
  signed_in?: boolean;
}

/**
 * Opens Stripe's page for a cart: at today's prices, if they are the ones that the shopper has seen, and if there is
 * enough of everything. Asking again gives the same page as long as nothing has changed; a page that was opened for
 * something else is closed first.
 *
 * @param shownTotal what the page said, in minor units
 * @param page what else it said, and in which language: where the cart is sent to, if that decides about the shipping; and
 * whether the cart's own shopper has asked there, signed in: only they are shown the cards that they keep
 */
export async function openCheckout(
  context: Needs,
  cart_id: string,
  shownTotal: number,
  page: PageShown,
): Promise<CheckoutResult> {
  const { db, stripe, config, now } = context;
  const { signed_in = false } = page;
  const shown = { total: shownTotal, country: page.country ?? null };
  const prepared = await inTransaction(db, async (tx): Promise<WithShopper | NotNow> => {
    const cart = await lockCart(tx, cart_id);
    if (!cart) return { kind: 'paid' };
    const { shopper_id } = cart;
    const ready = await prepareCheckout(
      tx,
      cart,
      { shown, signed_in },
      { fee_bps: config.PLATFORM_FEE_BPS, now: now() },
    );
    if (ready.kind !== 'ready') return ready;
    // Who pays on the page has had another say about what a reply of theirs is about to buy.
    await undoAll(tx, [shopper_id], cart.merchant_id);
    return { ...ready, shopper_id };
  });
  if (prepared.kind !== 'ready') return prepared;
  const { checkout, replaced, merchant, shopper_id } = prepared;
  if (!(await closeReplaced(context, replaced))) return { kind: 'paid' };
  if (checkout.url) return { kind: 'pay', url: checkout.url };
  try {
    const session = await withPayer(context, { shopper_id, signed_in }, (payer) =>
      openSession(stripe, {
        checkout,
        payer,
        merchant: merchant.name,
        shipping_rates: merchant.shipping,
        shipping_label: page.shippingLabel,
        language: page.language,
        returnUrl: page.returnUrl,
      }),
    );
    if (session && (await noteSession(db, checkout.id, session))) return { kind: 'pay', url: session.url };
    // It was paid in another way meanwhile, or its shopper was erased: what was opened is closed again.
    if (session) await closeCheckouts(context, [session.id]);
    else await noteExpired(db, checkout.id);
    return { kind: 'paid' };
  } catch (error) {
    if (isOtherWords(error)) {
      // Nobody has the page that the earlier try may have opened: its answer was lost.
      await noteExpired(db, checkout.id);
      return openCheckout(context, cart_id, shownTotal, page);
    }
    // The next press begins anew: if there is a page, nobody has its address.
    if (isFailure(error)) await noteExpired(db, checkout.id);
    const payee = checkout.destination === null ? undefined : await checkPayee(context, merchant.id);
    if (!payee || sellerOf(payee).kind !== 'nobody') throw error;
    await noteExpired(db, checkout.id);
    return { kind: 'not_ready' };
  }
}

/** Opens a page for who pays. `undefined`: the cart's shopper was erased meanwhile. */
async function withPayer<T>(
  context: Needs,
  { shopper_id, signed_in }: { shopper_id: string; signed_in: boolean },
  open: (payer: Payer) => Promise<T>,
): Promise<T | undefined> {
  if (signed_in) return withCustomer(context, shopper_id, (customer) => open({ customer }));
  const shopper = await findShopper(context.db, shopper_id);
  return shopper && open({ email: shopper.email });
}

type WithShopper = Prepared & { shopper_id: string };
