import type { CatalogRows } from './catalog.ts';
import type { Donation } from './catalog-file.ts';
import { priceText } from './currency.ts';
import type { Shipping } from './shipping.ts';

/** A key of the file whose value becomes another, both as the file would say them. */
export interface FieldChange {
  key: string;
  before: unknown;
  after: unknown;
}

/** Something that applying a catalog changes. */
export interface Change {
  kind: 'added' | 'changed' | 'withdrawn';
  what: 'merchant' | 'product' | 'variant' | 'post';
  merchant_id: string;
  /** Of the product or variant; for a post, of the product that it offers. */
  sku?: string;
  /** The product that a variant belongs to. */
  product_sku?: string;
  post_id?: string;
  /** Only where something is changed. */
  fields?: FieldChange[];
}

type Row = Record<string, unknown>;

/** Columns that the file calls otherwise. */
const KEYS: Record<string, string> = {
  username: 'x.username',
  x_user_id: 'x.user_id',
  returns_policy: 'returns',
  purchase_limit: 'limit',
  starts_at: 'from',
  ends_at: 'until',
  delivery_url: 'delivery.url',
  delivery_file: 'delivery.file',
  delivery_days: 'delivery.expires_days',
  delivery_times: 'delivery.downloads',
};

/** Columns that say where a row belongs, or what the catalog does not. */
const NOT_FIELDS = ['id', 'merchant_id', 'sku', 'withdrawn_at', 'sold', 'held', 'waiting'];

/** What changes from the present catalog, without what is withdrawn, to another one. */
export function catalogChanges(before: CatalogRows, after: CatalogRows): Change[] {
  const currencies = new Map(
    [...before.merchants, ...after.merchants].map(({ id, currency }) => [id, currency]),
  );
  const currencyOf = (row: Row): string => currencies.get(String(row.merchant_id ?? row.id)) as string;
  const changes = compareRows('merchant', before.merchants, after.merchants, ({ id }) => id, currencyOf);
  const products = compareRows('product', before.products, after.products, skuKey, currencyOf);
  changes.push(...products);
  const isWhole = new Map(products.map((change) => [skuKey(change), change.kind !== 'changed']));
  for (const change of compareRows('variant', before.variants, after.variants, skuKey, currencyOf)) {
    const { merchant_id, sku, product_sku } = change;
    const product = skuKey({ merchant_id, sku: product_sku });
    if (isWhole.get(product)) continue;
    if (sku !== product_sku) {
      changes.push(change);
      continue;
    }
    // What has no options is its own only variant.
    const known = products.find((each) => skuKey(each) === product);
    if (known) known.fields?.push(...(change.fields ?? []));
    else changes.push({ kind: 'changed', what: 'product', merchant_id, sku, fields: change.fields ?? [] });
  }
  changes.push(...comparePosts(before, after, isWhole));
  return changes;
}

const skuKey = ({ merchant_id, sku }: { merchant_id: string; sku?: string | undefined }): string =>
  `${merchant_id} ${sku}`;

function compareRows<R extends object>(
  what: Change['what'],
  before: R[],
  after: R[],
  keyOf: (row: R) => string,
  currencyOf: (row: Row) => string,
): Change[] {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const kept = new Set(after.map(keyOf));
  const change = (kind: Change['kind'], row: Row, fields?: FieldChange[]): Change => ({
    kind,
    what,
    merchant_id: String(row.merchant_id ?? row.id),
    ...(row.sku === undefined ? {} : { sku: String(row.sku) }),
    ...(row.product_sku === undefined ? {} : { product_sku: String(row.product_sku) }),
    ...(fields ? { fields } : {}),
  });
  const changes = after.flatMap((row): Change[] => {
    const known = old.get(keyOf(row));
    if (!known) return [change('added', row as Row)];
    const fields = compareFields(known as Row, row as Row, currencyOf);
    return fields.length > 0 ? [change('changed', row as Row, fields)] : [];
  });
  const withdrawn = before.filter((row) => !kept.has(keyOf(row)));
  return [...changes, ...withdrawn.map((row) => change('withdrawn', row as Row))];
}

function compareFields(before: Row, after: Row, currencyOf: (row: Row) => string): FieldChange[] {
  return Object.keys(after).flatMap((column) => {
    if (NOT_FIELDS.includes(column)) return [];
    const [old, now] = [inFile(column, before, currencyOf), inFile(column, after, currencyOf)];
    const same = JSON.stringify(sorted(old)) === JSON.stringify(sorted(now));
    return same ? [] : [{ key: KEYS[column] ?? column, before: old, after: now }];
  });
}

/** A column's value as the file says it. */
function inFile(column: string, row: Row, currencyOf: (row: Row) => string): unknown {
  const value = row[column] ?? null;
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  const amount = (of: number | null): string | null => (of === null ? null : priceText(of, currencyOf(row)));
  // A donation has none in the file.
  if (column === 'price') return row.donation ? null : amount(value as number);
  if (column === 'donation') return amountsOf(value as Donation, amount);
  if (column !== 'shipping') return value;
  const zones = (value as Shipping).zones.map(({ countries, rate, free_from }) => ({
    ...{ countries, rate: amount(rate), free_from: amount(free_from) },
  }));
  const [only] = zones;
  if (zones.length !== 1 || !only) return { zones };
  const { rate: flat_rate, ...rest } = only;
  return { ...rest, flat_rate };
}

const amountsOf = (
  { minimum, maximum, presets }: Donation,
  amount: (of: number) => string | null,
): Record<keyof Donation, unknown> => ({
  minimum: amount(minimum),
  maximum: amount(maximum),
  presets: presets.map(amount),
});

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function comparePosts(before: CatalogRows, after: CatalogRows, isWhole: Map<string, boolean>): Change[] {
  type Offer = CatalogRows['post_products'][number];
  const keyOf = ({ post_id, merchant_id, product_sku }: Offer): string =>
    `${post_id} ${merchant_id} ${product_sku}`;
  const currencies = new Map(after.merchants.map(({ id, currency }) => [id, currency]));
  const byKey = (offers: Offer[]) => new Map(offers.map((offer) => [keyOf(offer), offer]));
  const [old, present] = [byKey(before.post_products), byKey(after.post_products)];
  const toChange = (kind: Change['kind'], offer: Offer, fields?: FieldChange[]): Change[] => {
    const { post_id, merchant_id, product_sku: sku } = offer;
    if (isWhole.get(skuKey({ merchant_id, sku }))) return [];
    const change: Change = { kind, what: 'post', merchant_id, sku, post_id: String(post_id) };
    return [fields ? { ...change, fields } : change];
  };
  const priced = (offer: Offer): string | null =>
    offer.price == null ? null : priceText(offer.price, currencies.get(offer.merchant_id) as string);
  return [
    ...after.post_products.flatMap((offer) => {
      const known = old.get(keyOf(offer));
      if (!known) return toChange('added', offer);
      const [was, is] = [priced(known), priced(offer)];
      return was === is ? [] : toChange('changed', offer, [{ key: 'price', before: was, after: is }]);
    }),
    ...before.post_products.flatMap((offer) =>
      present.has(keyOf(offer)) ? [] : toChange('withdrawn', offer),
    ),
  ];
}
