import type { CartLine } from '../../src/domain/cart.ts';

/** A line of a cart: one mug that can be bought, if nothing else is said. */
export const aCartLine = (given: Partial<CartLine> = {}): CartLine => ({
  sku: 'MUG',
  product_sku: 'MUG',
  choice: [],
  image: null,
  stock_mode: 'hold',
  position: '1',
  title: 'Mug',
  kind: 'physical',
  quantity: 1,
  price: 1800,
  price_then: 1800,
  post_id: null,
  purchase_limit: null,
  variant_limit: null,
  ordered_variant: 0,
  held_until: null,
  quantity_before: 0,
  ordered: 0,
  available: null,
  withdrawn: false,
  paused: false,
  starts_at: null,
  ends_at: null,
  ...given,
});
