import { type CatalogFile, type MerchantEntry, type ProductEntry, postIdOf } from './catalog-file.ts';
import { decimalsOf, LARGEST_AMOUNT, parsePrice, priceText, smallestCharge } from './currency.ts';
import { foldTag } from './hashtags.ts';
import { combinations } from './options.ts';

/** How many variants one product may have: more is a mistake in the options. */
const MOST_VARIANTS = 1000;

/** A fault, and where it is: keys and numbers that lead to the place in the file. */
export interface Fault {
  path: PropertyKey[];
  message: string;
}

/** What is wrong between parts that are each right by themselves. */
export function faultsBetween(file: CatalogFile): Fault[] {
  const faults: Fault[] = [];
  const add = (path: PropertyKey[], message: string): void => void faults.push({ path, message });
  const unique = (seen: Set<string>, key: string, path: PropertyKey[], what: string): void => {
    if (seen.has(key)) add(path, `${what} ${key} stands here a second time`);
    seen.add(key);
  };
  const merchantIds = new Set<string>();
  const postOwners = new Map<string, string>();
  file.merchants.forEach((entry, m) => {
    const at = ['merchants', m];
    unique(merchantIds, entry.id, [...at, 'id'], 'the merchant id');
    checkTags(entry, at, add);
    checkAmount(entry.shipping?.flat_rate, 0, entry.currency, [...at, 'shipping', 'flat_rate'], add);
    checkAmount(entry.shipping?.free_from, 0, entry.currency, [...at, 'shipping', 'free_from'], add);
    const skus = new Set<string>();
    entry.products.forEach((each, p) => {
      const path = [...at, 'products', p];
      checkAmount(each.price, smallestCharge(entry.currency), entry.currency, [...path, 'price'], add);
      checkProduct(each, entry, path, add);
      const variants = variantCount(each) > MOST_VARIANTS ? [] : combinations(each);
      if (variants.length === 0)
        add([...path, 'options'], `allow ${variantCount(each)} variants; ${MOST_VARIANTS} is the most`);
      for (const name of new Set([each.sku, ...variants.map((v) => v.sku)]))
        unique(skus, name, [...path, 'sku'], 'the SKU');
      each.variants.forEach((variant, v) => {
        if (!variants.some((known) => known.sku === variant.sku)) {
          add(
            [...path, 'variants', v, 'sku'],
            `no options make the variant ${variant.sku}; the first that they make is ${variants[0]?.sku}`,
          );
        }
      });
      const own = new Set<string>();
      each.posts.forEach((address, n) => {
        const where = [...path, 'posts', n];
        const id = postIdOf(address, entry.x.username);
        if (!id) {
          add(
            where,
            `must be the address of a post of this merchant, as https://x.com/${entry.x.username}/status/2080761390596595240`,
          );
          return;
        }
        unique(own, id, where, 'the post');
        const owner = postOwners.get(id) ?? entry.id;
        if (owner !== entry.id) add(where, `the post belongs to the merchant ${owner} already`);
        postOwners.set(id, owner);
      });
    });
  });
  return faults;
}

type Add = (path: PropertyKey[], message: string) => void;

function variantCount(entry: ProductEntry): number {
  return entry.options.reduce((count, option) => count * option.values.length, 1);
}

function checkTags({ hashtags }: MerchantEntry, at: PropertyKey[], add: Add): void {
  const seen = new Map<string, string>();
  for (const [action, tags] of Object.entries(hashtags)) {
    tags.forEach((text, n) => {
      const before = seen.get(foldTag(text));
      if (before) add([...at, 'hashtags', action, n], `${text} is the same tag as ${before}`);
      seen.set(foldTag(text), text);
    });
  }
}

function checkAmount(
  text: string | undefined,
  least: number,
  currency: string,
  path: PropertyKey[],
  add: Add,
): void {
  if (text === undefined) return;
  const amount = parsePrice(text, currency);
  if (amount === undefined)
    add(path, `${currency} has ${decimalsOf(currency)} decimals: "${text}" does not fit`);
  else if (amount < least)
    add(path, `the smallest amount that can be charged is ${priceText(least, currency)} ${currency}`);
  else if (amount > LARGEST_AMOUNT) add(path, 'is more than can be charged');
}

function checkProduct(entry: ProductEntry, { shipping }: MerchantEntry, path: PropertyKey[], add: Add): void {
  if (entry.kind === 'physical' && !shipping)
    add(
      [...path, 'kind'],
      'is shipped, but the merchant has no shipping: add it, or make the product digital',
    );
  if (entry.kind === 'physical' && entry.delivery)
    add([...path, 'delivery'], 'is for digital products: remove it, or write kind: digital');
  if (entry.kind === 'digital' && !entry.delivery)
    add([...path, 'kind'], 'is digital: write delivery: { url: … }, the address of the download');
  if (entry.from && entry.until && Date.parse(entry.until) <= Date.parse(entry.from))
    add([...path, 'until'], 'must be later than from');
  entry.options.forEach((option, o) => {
    const seen = new Set<string>();
    option.values.forEach(({ value }, v) => {
      if (seen.has(value))
        add([...path, 'options', o, 'values', v, 'value'], `${value} stands here a second time`);
      seen.add(value);
    });
  });
}
