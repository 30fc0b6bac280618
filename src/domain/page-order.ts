import type { Amount } from './amount.ts';
import type { Catalog, Product } from './catalog.ts';
import type { Asked } from './price.ts';
import type { Order } from './read-reply.ts';

/** What somebody wants of a product, as the form on its page says it. */
export interface PageWish {
  merchant_id: string;
  /** Of the product. */
  sku: string;
  /** The value of each option, in the order of the product's; empty where none is chosen. */
  choice: string[];
  /** How many they want to have in the cart. */
  quantity: number;
  /** Of a donation: how much, in minor units, instead of how many. */
  amount?: number | undefined;
  /** The post whose offer the page showed. */
  post?: string | undefined;
}

/** The same as an order: from here on it goes the way of a reply. `undefined`: the product is not sold. */
export function orderOf(wish: PageWish, catalog: Catalog): Order | undefined {
  const merchant = catalog.merchants.get(wish.merchant_id);
  const product = catalog.products.get(wish.merchant_id)?.get(wish.sku);
  if (!merchant || !product) return undefined;
  const choice = product.options.map(({ values }, n) =>
    values.some(({ value }) => value === wish.choice[n]) ? wish.choice[n] : undefined,
  );
  return {
    kind: 'order',
    merchant,
    product,
    action: 'add',
    wishes: {
      kind: 'wishes',
      wishes: [{ choice, quantity: { value: wish.quantity, more: false } }],
      not: [],
    },
    ...(product.donation ? { amount: amountOf(wish) } : {}),
    detail: { product: product.sku },
  };
}

const amountOf = ({ amount }: PageWish): Amount =>
  amount === undefined ? { kind: 'missing' } : { kind: 'amount', amount };

/** What a product costs for replies to a post, where that is an offer; a post of another product has none. */
export const offerOf = (
  product: Product,
  post: string | undefined,
  { prices }: Pick<Catalog, 'prices'>,
): Asked | undefined => (post === undefined ? undefined : prices.get(post)?.get(product));
