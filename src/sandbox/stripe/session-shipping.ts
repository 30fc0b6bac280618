import type Stripe from 'stripe';
import { newId } from './ids.ts';
import type { SessionRecord } from './session.ts';
import type { SessionParams } from './session-params.ts';

/** Makes the shipping rates that a session offers. The parameters were checked before. */
export const makeShippingRates = (
  options: NonNullable<SessionParams['shipping_options']>,
  created: number,
): Stripe.ShippingRate[] =>
  options.map(({ shipping_rate_data: data }) => ({
    id: newId('shr_1'),
    object: 'shipping_rate',
    active: false,
    created,
    delivery_estimate: data?.delivery_estimate
      ? { minimum: data.delivery_estimate.minimum ?? null, maximum: data.delivery_estimate.maximum ?? null }
      : null,
    display_name: data?.display_name ?? null,
    ...(data?.fixed_amount ? { fixed_amount: data.fixed_amount } : {}),
    livemode: false,
    metadata: data?.metadata ?? {},
    tax_behavior: data?.tax_behavior ?? 'unspecified',
    tax_code: data?.tax_code ?? null,
    type: 'fixed_amount',
  }));

/** What a rate costs on a session. */
export const shippingCost = ({
  id,
  fixed_amount,
}: Stripe.ShippingRate): Stripe.Checkout.Session.ShippingCost => ({
  amount_subtotal: fixed_amount?.amount ?? 0,
  amount_tax: 0,
  amount_total: fixed_amount?.amount ?? 0,
  shipping_rate: id,
});

/** A session with another of its shipping rates chosen, and its total with it. */
export function chooseShipping(record: SessionRecord, rateId: string | undefined): SessionRecord {
  const rate = record.rates.find(({ id }) => id === rateId);
  if (!rate) return record;
  const { session } = record;
  const cost = shippingCost(rate);
  return {
    ...record,
    session: {
      ...session,
      amount_total: (session.amount_subtotal ?? 0) + cost.amount_total,
      shipping_cost: cost,
      total_details: { amount_discount: 0, amount_shipping: cost.amount_total, amount_tax: 0 },
    },
  };
}
