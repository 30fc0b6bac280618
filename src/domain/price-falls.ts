import { priceText } from './currency.ts';

/** A product's price, in the minor unit of its currency. */
export interface Priced {
  merchant_id: string;
  sku: string;
  currency: string;
  price: number;
}

/** A price that falls by more than half: likelier a lost digit than an offer. */
export interface PriceFall {
  merchant_id: string;
  sku: string;
  currency: string;
  before: number;
  after: number;
}

/** The prices that fall by more than half from one catalog to another, in the order of the new one. */
export function priceFalls(before: Priced[], after: Priced[]): PriceFall[] {
  const key = ({ merchant_id, sku, currency }: Priced): string => `${merchant_id} ${sku} ${currency}`;
  const prices = new Map(before.map((product) => [key(product), product.price]));
  return after.flatMap((product) => {
    const old = prices.get(key(product)) ?? 0;
    const { merchant_id, sku, currency, price } = product;
    return price * 2 < old ? [{ merchant_id, sku, currency, before: old, after: price }] : [];
  });
}

/** Both prices, as "MUG of shop: 18.00 → 1.80 USD". */
export const fallText = ({ merchant_id, sku, currency, before, after }: PriceFall): string =>
  `${sku} of ${merchant_id}: ${priceText(before, currency)} → ${priceText(after, currency)} ${currency}`;

/** The options by which whoever applies the catalog says that the prices are meant. */
export const confirmOptions = (falls: PriceFall[]): string =>
  [...new Set(falls.map(({ sku }) => `--confirm ${sku}`))].join(' ');
