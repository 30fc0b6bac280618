import type Stripe from 'stripe';
import type { List } from './api-lists.ts';
import { newId } from './ids.ts';
import type { SessionParams } from './session-params.ts';
import { type Stand, unixTime } from './stand.ts';

/** As on the wire: npm stripe turns `unit_amount_decimal` into an object of its own, in JSON it is text. */
export type Price = Omit<Stripe.Price, 'unit_amount_decimal' | 'currency_options' | 'tiers'> & {
  unit_amount_decimal: string;
};

export type LineItem = Omit<Stripe.LineItem, 'price'> & { price: Price };

/** How many lines come with a session; the others are at the list's own address. */
const FIRST_FEW = 10;

/** Makes the lines of a session and the products that they sell. The parameters were checked before. */
export function makeLineItems(stand: Stand, lines: NonNullable<SessionParams['line_items']>): LineItem[] {
  const created = unixTime(stand.clock);
  return lines.map(({ price_data, quantity = 1, metadata = {} }) => {
    const { currency = '', unit_amount = 0, tax_behavior = 'unspecified' } = price_data ?? {};
    const product = makeProduct(price_data?.product_data, created);
    stand.store.products.set(product.id, product);
    return {
      id: newId('li_1'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: unit_amount * quantity,
      amount_tax: 0,
      amount_total: unit_amount * quantity,
      currency,
      description: product.name,
      metadata,
      price: makePrice(product.id, unit_amount, currency, tax_behavior, created),
      quantity,
    };
  });
}

/** What a line sells. */
export const productOf = ({ store }: Stand, { price }: LineItem): Stripe.Product | undefined =>
  store.products.get(String(price.product));

/** The first few lines of a session, as `expand[]=line_items` gives them. */
export function lineItemList(stand: Stand, sessionId: string): List<LineItem> {
  const items = stand.store.sessions.get(sessionId)?.items ?? [];
  return {
    object: 'list',
    data: items.slice(0, FIRST_FEW),
    has_more: items.length > FIRST_FEW,
    url: `/v1/checkout/sessions/${sessionId}/line_items`,
  };
}

/** An inline price: it can be sold this once, so it is not active. */
const makePrice = (
  product: string,
  unit_amount: number,
  currency: string,
  tax_behavior: Stripe.Price.TaxBehavior,
  created: number,
): Price => ({
  id: newId('price_1'),
  object: 'price',
  active: false,
  billing_scheme: 'per_unit',
  created,
  currency,
  custom_unit_amount: null,
  livemode: false,
  lookup_key: null,
  metadata: {},
  nickname: null,
  product,
  recurring: null,
  tax_behavior,
  tiers_mode: null,
  transform_quantity: null,
  type: 'one_time',
  unit_amount,
  unit_amount_decimal: String(unit_amount),
});

type ProductData = NonNullable<
  NonNullable<SessionParams['line_items']>[number]['price_data']
>['product_data'];

const makeProduct = (data: ProductData, created: number): Stripe.Product => ({
  id: newId('prod_', 14),
  object: 'product',
  active: false,
  created,
  default_price: null,
  description: data?.description ?? null,
  images: data?.images ?? [],
  livemode: false,
  marketing_features: [],
  metadata: data?.metadata ?? {},
  name: data?.name ?? '',
  package_dimensions: null,
  shippable: null,
  tax_code: data?.tax_code ?? null,
  tax_details: null,
  type: 'service',
  unit_label: data?.unit_label ?? null,
  updated: created,
  url: null,
});
