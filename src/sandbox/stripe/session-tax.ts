import type Stripe from 'stripe';
import type { SessionRecord } from './session.ts';
import { type LineItem, productOf } from './session-line-items.ts';
import { shippingCost } from './session-shipping.ts';
import type { Stand } from './stand.ts';

/** One rate for each country, in percent: enough to see that tax is found and where it goes. 0 elsewhere, as without a registration. */
const RATES: Record<string, number> = {
  ...{ AT: 20, AU: 10, CA: 5, DE: 19, ES: 21, FR: 20, GB: 20, IE: 23, IT: 22, JP: 10, MX: 16, NL: 21, US: 8 },
};

/** What is never taxed (Stripe documentation, "Tax codes"). */
const NON_TAXABLE = 'txcd_00000000';

/**
 * A session with the tax of where its goods go. Sessions that do not ask for it stay as they are; asked again, with
 * another country or rate, it is worked out anew.
 *
 * @param country `undefined`: not known yet
 */
export function addTax(stand: Stand, record: SessionRecord, country: string | undefined): SessionRecord {
  const { session } = record;
  if (!session.automatic_tax.enabled) return record;
  const percent = country === undefined ? 0 : (RATES[country] ?? 0);
  const items = record.items.map((item): LineItem => {
    const code = productOf(stand, item)?.tax_code;
    const tax = taxOf(item.amount_subtotal, code === NON_TAXABLE ? 0 : percent, item.price.tax_behavior);
    return { ...item, ...tax };
  });
  const rate = record.rates.find(({ id }) => id === session.shipping_cost?.shipping_rate);
  const shipping = rate && {
    ...shippingCost(rate),
    ...taxOf(rate.fixed_amount?.amount ?? 0, percent, rate.tax_behavior),
  };
  const parts = [...items, ...(shipping ? [shipping] : [])];
  const sum = (name: 'amount_tax' | 'amount_total'): number =>
    parts.reduce((all, part) => all + part[name], 0);
  return {
    ...record,
    items,
    session: {
      ...session,
      amount_total: sum('amount_total'),
      automatic_tax: {
        ...session.automatic_tax,
        status: country === undefined ? 'requires_location_inputs' : 'complete',
      },
      shipping_cost: shipping ?? session.shipping_cost,
      total_details: {
        amount_discount: 0,
        amount_shipping: rate?.fixed_amount?.amount ?? 0,
        amount_tax: sum('amount_tax'),
      },
    },
  };
}

/** The tax of an amount, on top of it or within it, rounded half up. */
function taxOf(
  amount: number,
  percent: number,
  behavior: Stripe.Price.TaxBehavior | null,
): { amount_tax: number; amount_total: number } {
  if (behavior === 'inclusive')
    return { amount_tax: Math.round((amount * percent) / (100 + percent)), amount_total: amount };
  const amount_tax = Math.round((amount * percent) / 100);
  return { amount_tax, amount_total: amount + amount_tax };
}
