import type { Insertable, Selectable } from 'kysely';
import type {
  Merchant as Merchants,
  PostProduct,
  Post as Posts,
  Product as Products,
  Variant as Variants,
} from '../db/schema.ts';
import {
  type CatalogFile,
  type Hashtags,
  HOLD_MINUTES,
  offeredAt,
  type ProductEntry,
  postIdOf,
  zonesOf,
} from './catalog-file.ts';
import { parsePrice } from './currency.ts';
import { foldTag } from './hashtags.ts';
import { combinations } from './options.ts';
import type { Asked } from './price.ts';
import type { Priced } from './price-falls.ts';
import { stockModeOf } from './stock-mode.ts';

export type Merchant = Selectable<Merchants>;
/** A product, with what is otherwise for some of its variants, by their SKUs. */
export type Product = Selectable<Products> & { exceptions?: Map<string, Exception> };
/** What holds for one variant instead of what holds for its product; null: the product's. */
export type Exception = Pick<Selectable<Variants>, 'purchase_limit' | 'paused' | 'starts_at' | 'ends_at'>;

/** The rows that a catalog file stands for. */
export interface CatalogRows {
  merchants: Array<Insertable<Merchants>>;
  products: Array<Insertable<Products>>;
  variants: Array<Insertable<Variants>>;
  posts: Array<Insertable<Posts>>;
  post_products: Array<Insertable<PostProduct>>;
}

/** The rows for a catalog that was found free of faults. */
export function toRows(file: CatalogFile): CatalogRows {
  const rows: CatalogRows = { merchants: [], products: [], variants: [], posts: [], post_products: [] };
  const posts = new Set<string>();
  for (const entry of file.merchants) {
    const amount = (text: string): number => parsePrice(text, entry.currency) as number;
    rows.merchants.push({
      id: entry.id,
      name: entry.name,
      username: entry.x.username,
      x_user_id: entry.x.user_id,
      currency: entry.currency,
      locale: entry.locale,
      timezone: entry.timezone,
      support_email: entry.support_email,
      postal_address: entry.postal_address,
      returns_policy: entry.returns,
      cancel_hours: entry.cancel_hours,
      shipping: entry.shipping
        ? {
            zones: zonesOf(entry.shipping).map(({ countries, rate, free_from }) => ({
              countries,
              rate: amount(rate),
              free_from: free_from === undefined ? null : amount(free_from),
            })),
          }
        : null,
      accept_quotes: entry.accept_quotes,
      first_contact: entry.first_contact,
      acknowledge: entry.acknowledge,
      hashtags: entry.hashtags,
      tax: entry.tax,
      prices_include_tax: entry.prices_include_tax,
      withdrawn_at: null,
    });
    for (const product of entry.products) {
      rows.products.push({
        merchant_id: entry.id,
        sku: product.sku,
        title: product.title,
        words: product.words,
        kind: product.kind,
        price: amount(product.donation?.minimum ?? product.price ?? ''),
        price_policy: product.price_policy,
        promised_hours: product.promised_hours ?? null,
        purchase_limit: product.limit ?? null,
        stock_mode: stockModeOf(product),
        hold_minutes: product.hold_minutes ?? HOLD_MINUTES,
        options: product.options,
        delivery_url: product.delivery?.url ?? null,
        delivery_file: product.delivery?.file ?? null,
        delivery_days: product.delivery?.expires_days ?? null,
        delivery_times: product.delivery?.downloads ?? null,
        donation: product.donation
          ? {
              minimum: amount(product.donation.minimum),
              maximum: amount(product.donation.maximum),
              presets: product.donation.presets.map(amount),
            }
          : null,
        image: product.image ?? null,
        tax_code: product.tax_code ?? null,
        paused: product.paused,
        sensitive: product.sensitive,
        starts_at: utc(product.from),
        ends_at: utc(product.until),
        withdrawn_at: null,
      });
      const exceptions = new Map(product.variants.map((variant) => [variant.sku, variant]));
      for (const { sku, choice } of combinations(product)) {
        const own = exceptions.get(sku);
        rows.variants.push({
          merchant_id: entry.id,
          sku,
          product_sku: product.sku,
          choice,
          stock: stockModeOf(product) === 'none' ? null : (own?.stock ?? product.stock ?? null),
          purchase_limit: own?.limit ?? null,
          paused: own?.paused ?? null,
          starts_at: utc(own?.from),
          ends_at: utc(own?.until),
        });
      }
      for (const [id, price] of offersOf(product, entry.x.username)) {
        posts.add(id);
        rows.post_products.push({
          post_id: id,
          merchant_id: entry.id,
          product_sku: product.sku,
          price: price === undefined ? null : amount(price),
        });
      }
    }
  }
  rows.posts = [...posts].map((id) => ({ id }));
  return rows;
}

/** The posts of a product, each once, with the price that holds there alone, if one does. */
function offersOf({ posts }: ProductEntry, username: string): Map<string, string | undefined> {
  const offers = new Map<string, string | undefined>();
  for (const { url, price } of posts.map(offeredAt)) {
    const id = postIdOf(url, username) as string;
    offers.set(id, price ?? offers.get(id));
  }
  return offers;
}

/** What the products of rows cost, everywhere and by their offers. */
export function pricesOf({ merchants, products, post_products }: CatalogRows): Priced[] {
  const currencies = new Map(merchants.map(({ id, currency }) => [id, currency]));
  const currencyOf = (merchant_id: string): string => currencies.get(merchant_id) as string;
  return [
    // How much a donation may be is no price.
    ...products
      .filter(({ donation }) => !donation)
      .map(({ merchant_id, sku, price }) => ({
        ...{ merchant_id, sku, price },
        currency: currencyOf(merchant_id),
      })),
    ...post_products.flatMap(({ merchant_id, product_sku: sku, post_id, price }) =>
      price == null
        ? []
        : [{ merchant_id, sku, price, post_id: String(post_id), currency: currencyOf(merchant_id) }],
    ),
  ];
}

/** PostgreSQL takes fewer time zones than the file does. */
const utc = (time: string | undefined): string | null =>
  time === undefined ? null : new Date(time).toISOString();

/** What a hashtag does. */
export type Action = keyof Hashtags;

/** The catalog as replies are read against it. */
export interface Catalog {
  version: string;
  /** The X user id of the operator's own account, whose posts are never orders. */
  bot_id?: string;
  merchants: Map<string, Merchant>;
  /** By merchant and SKU. */
  products: Map<string, Map<string, Product>>;
  /** The products that a post offers, by every id that the post has or had. */
  offers: Map<string, Product[]>;
  /** What products cost for replies to a post, where that is otherwise than everywhere: by every id that the post has or had. */
  prices: Map<string, Map<Product, Asked>>;
  /** The products that all product posts of a conversation offer together. */
  conversations: Map<string, Product[]>;
  /** Each merchant's tags, folded. */
  tags: Map<string, Map<string, Action>>;
  /** Every tag of any merchant, folded. */
  anyTag: Set<string>;
  /** The merchants who say something in public, and whose accounts let us. */
  speaking: ReadonlySet<string>;
}

/** The rows of a catalog without what is withdrawn. */
export interface LiveRows {
  version: string;
  bot_id?: string;
  merchants: Merchant[];
  products: Product[];
  /** Those variants that are otherwise than their products. */
  exceptions: Array<Exception & { merchant_id: string; sku: string; product_sku: string }>;
  post_products: Array<{
    post_id: string;
    merchant_id: string;
    product_sku: string;
    conversation_id: string | null;
    /** Null: what it costs everywhere. */
    price: number | null;
  }>;
  post_aliases: Array<{ id: string; post_id: string }>;
  /** X's numbers of the accounts that let us reply for them. */
  signed_in: string[];
}

/** The catalog from its rows; withdrawn merchants and products are left out by whoever reads the rows. */
export function buildCatalog(rows: LiveRows): Catalog {
  const key = (merchant_id: string, sku: string): string => `${merchant_id} ${sku}`;
  const products = new Map(rows.products.map((product) => [key(product.merchant_id, product.sku), product]));
  for (const { merchant_id, sku, product_sku, ...exception } of rows.exceptions) {
    const product = products.get(key(merchant_id, product_sku));
    if (!product) continue;
    product.exceptions ??= new Map();
    product.exceptions.set(sku, exception);
  }
  const offers = new Map<string, Product[]>();
  const conversations = new Map<string, Product[]>();
  const prices: Catalog['prices'] = new Map();
  const offer = (map: Map<string, Product[]>, id: string, product: Product): void => {
    const known = map.get(id);
    if (!known) map.set(id, [product]);
    else if (!known.includes(product)) known.push(product);
  };
  for (const row of rows.post_products) {
    const product = products.get(key(row.merchant_id, row.product_sku));
    if (!product) continue;
    offer(offers, row.post_id, product);
    if (row.price !== null) {
      const here = prices.get(row.post_id) ?? new Map<Product, Asked>();
      prices.set(row.post_id, here.set(product, { price: row.price, offer_post_id: row.post_id }));
    }
    // Until X has been asked, a product post is taken for the beginning of its conversation.
    offer(conversations, row.conversation_id ?? row.post_id, product);
  }
  for (const { id, post_id } of rows.post_aliases) {
    for (const product of offers.get(post_id) ?? []) offer(offers, id, product);
    const here = prices.get(post_id);
    if (here) prices.set(id, here);
  }
  const tags = new Map(rows.merchants.map((merchant) => [merchant.id, tagsOf(merchant)]));
  return {
    version: rows.version,
    bot_id: rows.bot_id,
    merchants: new Map(rows.merchants.map((merchant) => [merchant.id, merchant])),
    products: byMerchant(rows.products),
    offers,
    prices,
    conversations,
    tags,
    anyTag: new Set([...tags.values()].flatMap((own) => [...own.keys()])),
    speaking: new Set(
      rows.merchants.flatMap(({ id, x_user_id, first_contact, acknowledge }) =>
        rows.signed_in.includes(x_user_id) && (first_contact !== 'none' || acknowledge !== 'none') ? id : [],
      ),
    ),
  };
}

function byMerchant(products: Product[]): Map<string, Map<string, Product>> {
  const found = new Map<string, Map<string, Product>>();
  for (const product of products) {
    const own = found.get(product.merchant_id) ?? new Map<string, Product>();
    found.set(product.merchant_id, own.set(product.sku, product));
  }
  return found;
}

function tagsOf({ hashtags }: Merchant): Map<string, Action> {
  return new Map(
    Object.entries(hashtags).flatMap(([action, tags]) =>
      tags.map((tag) => [foldTag(tag), action as Action] as const),
    ),
  );
}
