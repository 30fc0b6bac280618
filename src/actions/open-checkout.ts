import type { Context } from '../context.ts';
import { lockCart } from '../db/carts.ts';
import { noteExpired, noteSession } from '../db/checkouts.ts';
import { inTransaction } from '../db/database.ts';
import { undoAll } from '../db/purchases.ts';
import { sellerOf } from '../domain/payee.ts';
import { isFailure, isOtherWords, openSession } from '../stripe/checkout.ts';
import { checkPayee } from './check-payee.ts';
import { closeReplaced } from './close-checkouts.ts';
import { withCustomer } from './keep-customer.ts';
import { type NotNow, type Prepared, prepareCheckout } from './prepare-checkout.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'now' | 'config' | 'log'>;

/** Stripe's page, where to pay, or why there is none. */
export type CheckoutResult = { kind: 'pay'; url: string } | NotNow;

/**
 * Opens Stripe's page for a cart: at today's prices, if they are the ones that the shopper has seen, and if there is
 * enough of everything. Asking again gives the same page as long as nothing has changed; a page that was opened for
 * something else is closed first.
 *
 * @param shownTotal what the page said, in minor units
 * @param page what else it said, and in which language: where the cart is sent to, if that decides about the shipping
 */
export async function openCheckout(
  context: Needs,
  cart_id: string,
  shownTotal: number,
  page: { returnUrl: string; shippingLabel: string; language: string; country?: string | null },
): Promise<CheckoutResult> {
  const { db, stripe, config, now } = context;
  const shown = { total: shownTotal, country: page.country ?? null };
  const prepared = await inTransaction(db, async (tx): Promise<WithShopper | NotNow> => {
    const cart = await lockCart(tx, cart_id);
    if (!cart) return { kind: 'paid' };
    const { shopper_id } = cart;
    const ready = await prepareCheckout(
      tx,
      cart,
      { shown },
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
    const session = await withCustomer(context, shopper_id, (customer) =>
      openSession(stripe, {
        checkout,
        customer,
        merchant: merchant.name,
        shipping_rates: merchant.shipping,
        shipping_label: page.shippingLabel,
        language: page.language,
        returnUrl: page.returnUrl,
      }),
    );
    await noteSession(db, checkout.id, session);
    return { kind: 'pay', url: session.url };
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

type WithShopper = Prepared & { shopper_id: string };
