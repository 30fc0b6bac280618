import Stripe from 'stripe';
import type { ShipTo } from '../domain/order.ts';
import type { Split } from '../domain/payee.ts';
import { isOtherWords, splitParams } from './checkout.ts';
import { SHOWS_MS } from './idempotency.ts';
import { isStoredFailure } from './stored-failure.ts';

/** So long Stripe is asked to charge while it gives no answer: who is charged hours after they have asked for it is surprised. */
const TRIED_MS = 30 * 60_000;

/** A payment with a kept card. All of it is stored before: the same attempt sends the same words again. */
export interface CardPayment {
  checkout_id: string;
  cart_id: string;
  /** Makes the idempotency key: the same for every try of the same payment. */
  key: string;
  /** In the currency's minor unit. */
  amount: number;
  currency: string;
  customer: string;
  card_id: string;
  ship_to: ShipTo | null;
  /** Whose account it goes to. */
  split: Split;
  /** Nobody is there who could answer their bank. */
  offSession: boolean;
  /** When it was first tried, at the latest. */
  created_at: Date;
}

export type CardPaymentResult =
  | { kind: 'paid'; id: string; amount: number; currency: string }
  /** Stripe has not decided yet, or the bank. */
  | { kind: 'waiting'; id: string }
  /**
   * No money was taken, and none will be. `code`: Stripe's decline code; `authentication_required`: the owner has to
   * answer their bank; null: it was never tried, or cannot be.
   */
  | { kind: 'unpaid'; id: string | null; code: string | null };

/**
 * Charges a kept card, or finds out what became of an earlier try. Where the money was not given the PaymentIntent is
 * canceled: it can never be paid beside another one (Stripe docs: save-and-reuse).
 *
 * @throws where Stripe has not answered: nobody knows then, and the same has to be asked again
 */
export async function payWithKeptCard(
  stripe: Stripe,
  payment: CardPayment,
  now: Date,
): Promise<CardPaymentResult> {
  const age = now.getTime() - payment.created_at.getTime();
  const isOver = age > TRIED_MS;
  const made = isOver ? await findMade(stripe, payment) : await make(stripe, payment, age);
  if (!made && isOver && age < TRIED_MS + SHOWS_MS)
    throw new Error(`what the last try to charge for checkout ${payment.checkout_id} has made may show yet`);
  if (!made) return { kind: 'unpaid', id: null, code: null };
  const { intent, code } = made;
  if (intent === undefined) return { kind: 'unpaid', id: null, code };
  if (intent.status === 'succeeded') {
    const { id, amount_received: amount, currency } = intent;
    return { kind: 'paid', id, amount, currency: currency.toUpperCase() };
  }
  if (intent.status === 'processing') return { kind: 'waiting', id: intent.id };
  if (intent.status !== 'canceled' && !(await cancel(stripe, intent.id)))
    return { kind: 'waiting', id: intent.id };
  return { kind: 'unpaid', id: intent.id, code: code ?? codeOf(intent.last_payment_error ?? undefined) };
}

interface Made {
  intent: Stripe.PaymentIntent | undefined;
  code: string | null;
}

/** @param age for how long it has been tried, in milliseconds */
async function make(stripe: Stripe, payment: CardPayment, age: number): Promise<Made | undefined> {
  const { ship_to, offSession, checkout_id, cart_id } = payment;
  try {
    const intent = await stripe.paymentIntents.create(
      {
        amount: payment.amount,
        currency: payment.currency.toLowerCase(),
        customer: payment.customer,
        payment_method: payment.card_id,
        allowed_payment_method_types: ['card'],
        confirm: true,
        ...(offSession ? { off_session: true } : { error_on_requires_action: true }),
        ...(ship_to ? { shipping: shippingOf(ship_to) } : {}),
        ...splitParams(payment.split),
        description: `cart ${cart_id}`,
        metadata: { checkout_id, cart_id },
      },
      { idempotencyKey: payment.key },
    );
    return { intent, code: null };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError)
      return { intent: error.payment_intent, code: codeOf(error) };
    // What the request says differs from what it said before, or Stripe failed at it and will say so again: what was
    // made the first time counts.
    const isReplay =
      error instanceof Stripe.errors.StripeIdempotencyError || error instanceof Stripe.errors.StripeAPIError;
    const found = isReplay ? await findMade(stripe, payment) : undefined;
    if (found) return found;
    // The key is used up: every try under it gets the same answer, and another key could charge a second time. What would
    // show later still is an order, or goes back.
    if (age > SHOWS_MS && (isStoredFailure(error) || isOtherWords(error))) return undefined;
    // The card or the customer is gone, the amount is not one that is charged: no try of it will ever work.
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return { intent: undefined, code: null };
    throw error;
  }
}

/** The PaymentIntent that was made for a checkout, among all that its customer has. */
async function findMade(stripe: Stripe, payment: CardPayment): Promise<Made | undefined> {
  const since = Math.floor(payment.created_at.getTime() / 1000) - 3600;
  for await (const intent of stripe.paymentIntents.list({
    customer: payment.customer,
    created: { gte: since },
    limit: 100,
  }))
    if (intent.metadata.checkout_id === payment.checkout_id) return { intent, code: null };
  return undefined;
}

/** A payment as Stripe tells of it. Amounts in the currency's minor unit. */
export async function readIntent(
  stripe: Stripe,
  id: string,
): Promise<{ id: string; checkout_id: string | null; paid: boolean; amount: number; currency: string }> {
  const { status, metadata, amount_received, currency } = await stripe.paymentIntents.retrieve(id);
  return {
    id,
    checkout_id: metadata.checkout_id ?? null,
    paid: status === 'succeeded',
    amount: amount_received,
    currency: currency.toUpperCase(),
  };
}

/** @returns whether it can take no money any more */
async function cancel(stripe: Stripe, id: string): Promise<boolean> {
  try {
    await stripe.paymentIntents.cancel(id);
    return true;
  } catch (error) {
    const { status } = await stripe.paymentIntents.retrieve(id);
    if (status !== 'canceled' && status !== 'succeeded') throw error;
    return status === 'canceled';
  }
}

function codeOf(error: { code?: string; decline_code?: string } | undefined): string | null {
  return error?.code === 'authentication_required'
    ? error.code
    : (error?.decline_code ?? error?.code ?? null);
}

function shippingOf({ name, address }: ShipTo): Stripe.PaymentIntentCreateParams.Shipping {
  const given = Object.entries(address).filter(([, part]) => part !== null);
  return { name: name ?? '', address: Object.fromEntries(given) };
}
