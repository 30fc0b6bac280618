import type Stripe from 'stripe';
import { z } from 'zod';
import { type CheckoutLine, isGift, needsShipping, type Totals } from '../domain/cart.ts';
import type { Shipping } from '../domain/catalog-file.ts';
import type { ShipTo } from '../domain/order.ts';

/** What a Checkout Session is opened for. All of it is stored before: the same attempt sends the same words again. */
export interface CheckoutRequest extends Totals {
  /** Our row's id: makes the idempotency key. */
  checkout_id: string;
  cart_id: string;
  currency: string;
  lines: CheckoutLine[];
  email: string | null;
  merchant: string;
  shipping_rates: Shipping | null;
  shipping_label: string;
  /** The cart page, where Stripe sends the shopper back to. */
  returnUrl: string;
  expires_at: Date;
}

/** Opens a Checkout Session, or gets the one that an earlier try of this attempt has opened. */
export async function openSession(
  stripe: Stripe,
  request: CheckoutRequest,
): Promise<{ id: string; url: string }> {
  const currency = request.currency.toLowerCase();
  const metadata = { checkout_id: request.checkout_id, cart_id: request.cart_id };
  const shipped = needsShipping(request.lines) && request.shipping_rates;
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      ...(isGift(request.lines) ? { submit_type: 'donate' as const } : {}),
      client_reference_id: request.cart_id,
      customer_email: request.email ?? undefined,
      line_items: request.lines.map((line) => ({
        quantity: line.quantity,
        price_data: {
          currency,
          unit_amount: line.price,
          product_data: { name: line.title, metadata: { sku: line.sku } },
        },
      })),
      ...(shipped
        ? {
            shipping_address_collection: { allowed_countries: shipped.countries as Countries },
            shipping_options: [
              {
                shipping_rate_data: {
                  type: 'fixed_amount' as const,
                  display_name: request.shipping_label,
                  fixed_amount: { amount: request.shipping, currency },
                },
              },
            ],
          }
        : {}),
      metadata,
      // A session's metadata does not reach its payment by itself.
      payment_intent_data: { metadata, description: `${request.merchant}, cart ${request.cart_id}` },
      expires_at: Math.floor(request.expires_at.getTime() / 1000),
      success_url: `${request.returnUrl}?session={CHECKOUT_SESSION_ID}`,
      cancel_url: request.returnUrl,
    },
    { idempotencyKey: `checkout-${request.checkout_id}` },
  );
  if (!session.url)
    throw new Error(`the Checkout Session ${session.id} has no address: it is ${session.status}`);
  return { id: session.id, url: session.url };
}

type Countries = Stripe.Checkout.SessionCreateParams.ShippingAddressCollection.AllowedCountry[];

/** Ends a session, so that nobody can pay it. Returns false where it is too late for that. */
export async function expireSession(stripe: Stripe, id: string): Promise<boolean> {
  try {
    await stripe.checkout.sessions.expire(id);
    return true;
  } catch (error) {
    // Only open sessions can be expired: this one was paid, or expired by itself.
    const { status } = await stripe.checkout.sessions.retrieve(id);
    if (status === 'open') throw error;
    return status === 'expired';
  }
}

const address = z.object({
  line1: z.string().nullish(),
  line2: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  postal_code: z.string().nullish(),
  country: z.string().nullish(),
});

/** What a session says of its payment, as far as we act on it. */
export interface SessionState {
  id: string;
  /** The attempt that it was opened for; null: not by us. */
  checkout_id: string | null;
  status: 'open' | 'complete' | 'expired';
  paid: boolean;
  payment_id: string | null;
  amount: number;
  currency: string;
  email: string | null;
  ship_to: ShipTo | null;
}

/** Reads a session anew: events are late, doubled and out of order, the object itself is not. */
export async function readSession(stripe: Stripe, id: string): Promise<SessionState> {
  const session = await stripe.checkout.sessions.retrieve(id);
  const shipping = session.collected_information?.shipping_details;
  const { payment_intent } = session;
  return {
    id: session.id,
    checkout_id: session.metadata?.checkout_id ?? null,
    status: session.status === 'complete' ? 'complete' : session.status === 'expired' ? 'expired' : 'open',
    // A complete session may still be unpaid: slow methods tell later.
    paid: session.status === 'complete' && session.payment_status === 'paid',
    payment_id: typeof payment_intent === 'string' ? payment_intent : (payment_intent?.id ?? null),
    amount: session.amount_total ?? 0,
    currency: (session.currency ?? '').toUpperCase(),
    email: session.customer_details?.email ?? session.customer_email ?? null,
    ship_to: shipping ? { name: shipping.name ?? null, address: readAddress(shipping.address) } : null,
  };
}

function readAddress(given: unknown): ShipTo['address'] {
  const { line1, line2, city, state, postal_code, country } = address.parse(given ?? {});
  return {
    line1: line1 ?? null,
    line2: line2 ?? null,
    city: city ?? null,
    state: state ?? null,
    postal_code: postal_code ?? null,
    country: country ?? null,
  };
}
