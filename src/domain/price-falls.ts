import { priceText } from './currency.ts';

/** A product's price, in the minor unit of its currency. */
export interface Priced {
  merchant_id: string;
  sku: string;
  currency: string;
  price: number;
  /** The post for which alone it holds: an offer. */
  post_id?: string;
}

/** A price that falls by more than half: likelier a lost digit than meant so. */
export interface PriceFall extends Omit<Priced, 'price'> {
  before: number;
  after: number;
}

/**
 * The prices that fall by more than half from one catalog to another, in the order of the new one. What an offer was before it
 * was made is what the product costs without it.
 */
export function priceFalls(before: Priced[], after: Priced[]): PriceFall[] {
  const key = ({ merchant_id, sku, currency }: Priced, post_id = ''): string =>
    `${merchant_id} ${sku} ${currency} ${post_id}`;
  const byKey = (some: Priced[]) => new Map(some.map((each) => [key(each, each.post_id), each.price]));
  const [prices, now] = [byKey(before), byKey(after)];
  return after.flatMap((priced) => {
    const { price, ...what } = priced;
    const otherwise = what.post_id === undefined ? 0 : (prices.get(key(priced)) ?? now.get(key(priced)) ?? 0);
    const old = prices.get(key(priced, what.post_id)) ?? otherwise;
    return price * 2 < old ? [{ ...what, before: old, after: price }] : [];
  });
}

/** Both prices, as "MUG of shop: 18.00 → 1.80 USD". */
export const fallText = ({ merchant_id, sku, currency, before, after, post_id }: PriceFall): string =>
  `${sku} of ${merchant_id}${post_id === undefined ? '' : ` at post ${post_id}`}: ${priceText(before, currency)} → ${priceText(after, currency)} ${currency}`;

/** The options by which whoever applies the catalog says that the prices are meant. */
export const confirmOptions = (falls: PriceFall[]): string =>
  [...new Set(falls.map(({ sku }) => `--confirm ${sku}`))].join(' ');
