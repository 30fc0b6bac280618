import type Stripe from 'stripe';
import type { KeptCard } from '../domain/kept-card.ts';
import { KEYS } from './idempotency.ts';
import { pageLocale } from './locale.ts';
import { isMissing } from './missing.ts';
import { idOf } from './references.ts';
import { isStoredFailure } from './stored-failure.ts';

/**
 * Makes a customer, or finds the one that an earlier try has made. Where Stripe would repeat for a day that it has failed,
 * another key is taken: nobody could pay until then, and a customer too many holds nothing but our row's number.
 *
 * @param id of our row: makes the idempotency keys
 */
export async function makeCustomer(stripe: Stripe, id: string, nth = 1): Promise<string> {
  const idempotencyKey = nth === 1 ? `customer-${id}` : `customer-${id}-${nth}`;
  try {
    return (await stripe.customers.create({ metadata: { customer_id: id } }, { idempotencyKey })).id;
  } catch (error) {
    if (!isStoredFailure(error) || nth === KEYS) throw error;
    return makeCustomer(stripe, id, nth + 1);
  }
}

/** Tells Stripe a customer's address: its pages show it. */
export async function setCustomerEmail(stripe: Stripe, stripe_id: string, email: string): Promise<void> {
  await stripe.customers.update(stripe_id, { email });
}

/** What Stripe keeps for a customer; `undefined`: there is no such customer any more. */
export async function listCards(stripe: Stripe, stripe_id: string): Promise<KeptCard[] | undefined> {
  try {
    const { data } = await stripe.paymentMethods.list({ customer: stripe_id, type: 'card', limit: 100 });
    return data.flatMap(({ id, card }) =>
      card
        ? [{ id, brand: card.brand, last4: card.last4, exp_month: card.exp_month, exp_year: card.exp_year }]
        : [],
    );
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Takes a card from its customer. That it is gone already is as good. */
export async function letGoOfCard(stripe: Stripe, id: string): Promise<void> {
  const card = await stripe.paymentMethods.retrieve(id).catch(unlessMissing);
  if (card?.customer) await stripe.paymentMethods.detach(id);
}

/** Deletes a customer, and their cards with them. That they are gone already is as good. */
export async function deleteCustomer(stripe: Stripe, stripe_id: string): Promise<void> {
  await stripe.customers.del(stripe_id).catch(unlessMissing);
}

/** Whose card it is, by Stripe's id; `undefined`: nobody's. */
export async function ownerOfCard(stripe: Stripe, id: string): Promise<string | undefined> {
  const card = await stripe.paymentMethods.retrieve(id).catch(unlessMissing);
  return idOf(card?.customer) ?? undefined;
}

/**
 * Opens Stripe's page on which a customer keeps a card, without paying anything.
 *
 * @param returnUrl where it leads back to @param language of the page that leads there
 */
export async function openCardPage(
  stripe: Stripe,
  {
    customer,
    currency,
    returnUrl,
    language,
  }: Record<'customer' | 'currency' | 'returnUrl' | 'language', string>,
): Promise<string> {
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    locale: pageLocale(language),
    currency: currency.toLowerCase(),
    customer,
    success_url: `${returnUrl}?kept=1`,
    cancel_url: returnUrl,
  });
  if (!session.url) throw new Error(`the Checkout Session ${session.id} has no address`);
  return session.url;
}

/** Whether a request failed because the customer that it names is not there any more. */
export const isMissingCustomer = (error: unknown): boolean =>
  isMissing(error) && ['customer', 'id'].includes((error as { param?: string }).param ?? '');

function unlessMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
