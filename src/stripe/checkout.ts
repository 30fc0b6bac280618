import Stripe from 'stripe';
import { z } from 'zod';
import { type CheckoutLine, isGift, needsShipping } from '../domain/cart.ts';
import type { ShipTo } from '../domain/order.ts';
import type { Split } from '../domain/payee.ts';
import { countriesOf, type Shipping, zoneOf } from '../domain/shipping.ts';
import { pageLocale } from './locale.ts';
import { idOf } from './references.ts';

/** What a Checkout Session is opened for. */
export interface CheckoutRequest {
  /** The attempt as it was stored before: the same attempt sends the same words again. */
  checkout: Attempt;
  payer: Payer;
  merchant: string;
  shipping_rates: Shipping | null;
  shipping_label: string;
  /** Of the page that leads there. */
  language: string;
  /** The cart page, where Stripe sends the shopper back to. */
  returnUrl: string;
}

/**
 * Who pays, as far as it is known. The customer of the cart's shopper is for nobody but them: Stripe's page shows the cards
 * that they keep, to be paid with at once, and can keep another. Everybody else's page only knows where the receipt goes.
 */
export type Payer =
  /** Stripe's cus_… id. */
  { customer: string } | { email: string | null };

interface Attempt extends Split {
  /** Our row's id: makes the idempotency key. */
  id: string;
  cart_id: string;
  currency: string;
  lines: CheckoutLine[];
  shipping: number;
  /** Where to, where that decides about the shipping. */
  country: string | null;
  tax_behavior: 'exclusive' | 'inclusive' | null;
  expires_at: Date;
}

/** Opens a Checkout Session, or gets the one that an earlier try of this attempt has opened. */
export async function openSession(
  stripe: Stripe,
  { checkout, payer, ...request }: CheckoutRequest,
): Promise<{ id: string; url: string }> {
  const { cart_id, destination } = checkout;
  const currency = checkout.currency.toLowerCase();
  const metadata = { checkout_id: checkout.id, cart_id };
  const tax_behavior = checkout.tax_behavior ?? undefined;
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      locale: pageLocale(request.language),
      ...(isGift(checkout.lines) ? { submit_type: 'donate' as const } : {}),
      client_reference_id: cart_id,
      ...('customer' in payer
        ? { customer: payer.customer, saved_payment_method_options: { payment_method_save: 'enabled' } }
        : { customer_email: payer.email ?? undefined }),
      line_items: checkout.lines.map((line) => ({
        quantity: line.quantity,
        price_data: {
          currency,
          unit_amount: line.price,
          tax_behavior,
          product_data: {
            name: line.title,
            metadata: { sku: line.sku },
            tax_code: line.tax_code ?? undefined,
          },
        },
      })),
      ...(needsShipping(checkout.lines) && request.shipping_rates
        ? shippingOf(checkout, request.shipping_rates, request.shipping_label)
        : {}),
      ...(tax_behavior
        ? {
            automatic_tax: { enabled: true, ...liabilityOf(destination) },
            ...('customer' in payer ? { customer_update: placeOf(checkout) } : {}),
          }
        : {}),
      metadata,
      payment_intent_data: {
        // A session's metadata does not reach its payment by itself.
        metadata,
        description: `${request.merchant}, cart ${cart_id}`,
        ...splitParams(checkout),
      },
      expires_at: Math.floor(checkout.expires_at.getTime() / 1000),
      success_url: `${request.returnUrl}?session={CHECKOUT_SESSION_ID}`,
      cancel_url: request.returnUrl,
    },
    { idempotencyKey: `checkout-${checkout.id}` },
  );
  if (!session.url)
    throw new Error(`the Checkout Session ${session.id} has no address: it is ${session.status}`);
  return { id: session.id, url: session.url };
}

/** Whether an earlier try of the same attempt has said it in other words: it came by another link, or in another language. */
export const isOtherWords = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode === 400;

/**
 * Whether Stripe failed at it, in an answer of its own: it gives the same answer to every try under the same key for a day
 * (API reference, "Idempotent requests").
 */
export const isFailure = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeAPIError && (error.statusCode ?? 0) >= 500;

/** Stripe finds the tax of a customer's sale by the address that it may note of them. */
const placeOf = ({ lines }: Attempt): Stripe.Checkout.SessionCreateParams.CustomerUpdate =>
  needsShipping(lines) ? { shipping: 'auto' } : { address: 'auto' };

/** The address is asked for in the countries of the zone whose rate it is. */
function shippingOf(
  { country, shipping, currency, tax_behavior }: Attempt,
  rates: Shipping,
  display_name: string,
): Pick<Stripe.Checkout.SessionCreateParams, 'shipping_address_collection' | 'shipping_options'> {
  const zone = country === null ? undefined : zoneOf(rates, country);
  const allowed_countries = (zone?.countries ?? countriesOf(rates)) as Countries;
  return {
    shipping_address_collection: { allowed_countries },
    shipping_options: [
      {
        shipping_rate_data: {
          type: 'fixed_amount',
          display_name,
          fixed_amount: { amount: shipping, currency: currency.toLowerCase() },
          ...(tax_behavior ? { tax_behavior, tax_code: SHIPPING_TAX_CODE } : {}),
        },
      },
    ],
  };
}

/** Stripe's tax code for shipping (Stripe docs: tax codes). */
const SHIPPING_TAX_CODE = 'txcd_92010001';

/**
 * How a payment is split: a destination charge, in the name of the merchant, whose account gets what is left of it
 * (Stripe docs: destination charges).
 */
export const splitParams = ({
  destination,
  fee,
}: Split): Pick<
  Stripe.PaymentIntentCreateParams,
  'application_fee_amount' | 'on_behalf_of' | 'transfer_data'
> =>
  destination === null
    ? {}
    : {
        on_behalf_of: destination,
        transfer_data: { destination },
        ...(fee > 0 ? { application_fee_amount: fee } : {}),
      };

/** Whose registrations count for the tax: those of who sells. */
const liabilityOf = (
  destination: string | null,
): Pick<Stripe.Checkout.SessionCreateParams.AutomaticTax, 'liability'> =>
  destination === null ? {} : { liability: { type: 'account', account: destination } };

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
  /** setup: it keeps a card, and takes no money. */
  mode: 'payment' | 'setup';
  /** Stripe's cus_… id. */
  customer: string | null;
  status: 'open' | 'complete' | 'expired';
  paid: boolean;
  /** Of a complete session that is not paid: the bank is at it, or has refused. */
  late: 'processing' | 'failed' | null;
  payment_id: string | null;
  amount: number;
  /** As Stripe found it; in the amount, too. */
  tax: number;
  currency: string;
  email: string | null;
  ship_to: ShipTo | null;
  /** Where it goes, or else where the shopper is. */
  country: string | null;
}

/** Reads a session anew: events are late, doubled and out of order, the object itself is not. */
export async function readSession(stripe: Stripe, id: string): Promise<SessionState> {
  const session = await stripe.checkout.sessions.retrieve(id);
  const shipping = session.collected_information?.shipping_details;
  const payment_id = idOf(session.payment_intent);
  const isLate = session.status === 'complete' && session.payment_status === 'unpaid';
  return {
    id: session.id,
    checkout_id: session.metadata?.checkout_id ?? null,
    mode: session.mode === 'setup' ? 'setup' : 'payment',
    customer: idOf(session.customer),
    status: session.status === 'complete' ? 'complete' : session.status === 'expired' ? 'expired' : 'open',
    // A complete session may still be unpaid: slow methods tell later.
    paid: session.status === 'complete' && session.payment_status === 'paid',
    late: isLate && payment_id ? await readLate(stripe, payment_id) : null,
    payment_id,
    amount: session.amount_total ?? 0,
    tax: session.total_details?.amount_tax ?? 0,
    currency: (session.currency ?? '').toUpperCase(),
    email: session.customer_details?.email ?? session.customer_email ?? null,
    ship_to: shipping ? { name: shipping.name ?? null, address: readAddress(shipping.address) } : null,
    country: shipping?.address.country ?? session.customer_details?.address?.country ?? null,
  };
}

/**
 * How a payment stands whose method takes days. When the bank has refused, Stripe waits for another method, which nobody can
 * give to a complete session (Stripe docs: fulfill orders, delayed payment methods).
 */
async function readLate(stripe: Stripe, payment_id: string): Promise<'processing' | 'failed'> {
  const { status } = await stripe.paymentIntents.retrieve(payment_id);
  return status === 'requires_payment_method' || status === 'canceled' ? 'failed' : 'processing';
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
