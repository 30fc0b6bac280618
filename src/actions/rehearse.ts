import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  buildCatalog,
  type Catalog,
  type CatalogRows,
  type LiveRows,
  type Merchant,
  type Product,
  toRows,
} from '../domain/catalog.ts';
import type { CatalogFile } from '../domain/catalog-file.ts';
import type { Line } from '../domain/outcome.ts';
import type { Post } from '../domain/post.ts';
import { readReply } from '../domain/read-reply.ts';
import { type ShopperState, type StockOf, settle } from '../domain/settle.ts';
import { timeOfId } from '../domain/snowflake.ts';
import { readMessage, readPost } from '../x/payload.ts';

const id = z.string().regex(/^[1-9]\d{0,18}$/);
const line = z.object({ sku: z.string(), quantity: z.int().min(1) });

/** A line of a rehearsal: a post as X's stream delivers it, and what else is so when it comes. */
const rehearsal = z.object({
  id: z.union([z.int(), z.string()]).optional(),
  post: z.unknown(),
  posts: z.array(z.unknown()).default([]),
  cart: z.array(line.extend({ post_id: id.optional() })).default([]),
  linked: z.boolean().default(true),
  accept_quotes: z.boolean().optional(),
  redelivery: z.boolean().default(false),
  expect: z.looseObject({}).optional(),
});

/** What became of a reply, as `rehearse` prints it. Keys that say nothing are left out. */
export type Rehearsed = { id?: number | string; outcome: string } & Record<string, unknown>;

export interface Rehearsal {
  result: Rehearsed;
  /** Where it is another than the line expects. */
  differences: string[];
}

/**
 * Reads replies against a catalog, each as if it came now, alone. No database, no network.
 *
 * @param now the time that schedules are judged by, or else each reply's own
 * @returns reads a line; it throws an Error that says what is wrong with it
 */
export function rehearser(file: CatalogFile, now: Date | undefined): (given: unknown) => Rehearsal {
  const rows = toRows(file);
  const stock = new Map(rows.variants.map(({ merchant_id, sku, stock }) => [`${merchant_id} ${sku}`, stock]));
  const stockOf: StockOf = (merchant_id, sku) => stock.get(`${merchant_id} ${sku}`) ?? undefined;
  return (given) => rehearse(given, { rows, bot_id: file.bot?.user_id, stockOf }, now);
}

interface Given {
  rows: CatalogRows;
  bot_id: string | undefined;
  stockOf: StockOf;
}

function rehearse(given: unknown, catalog: Given, now: Date | undefined): Rehearsal {
  const case_ = rehearsal.parse(given);
  const post = readMessage(case_.post);
  const others = new Map(case_.posts.map(readPost).map((each) => [each.id, each]));
  const { created_at } = z
    .object({ data: z.object({ created_at: z.iso.datetime().optional() }) })
    .parse(case_.post).data;
  const at = now ?? (created_at === undefined ? timeOfId(post.id) : new Date(created_at));
  const result: Rehearsed = {
    ...(case_.id === undefined ? {} : { id: case_.id }),
    ...(case_.redelivery
      ? { outcome: 'unchanged', reason: 'seen_before' }
      : settled(post, catalog, others, case_, at)),
  };
  return { result, differences: case_.expect ? compare(result, case_.expect) : [] };
}

function settled(
  post: Post,
  given: Given,
  others: Map<string, Post>,
  { cart, linked, accept_quotes }: z.infer<typeof rehearsal>,
  at: Date,
): Rehearsed {
  const reading = readReply(post, catalogFor(given, others, accept_quotes), (other) => others.get(other));
  // What the cart holds is kept for it, out of the stock that the catalog names.
  const kept = new Map(cart.map(({ sku, quantity }) => [sku, quantity]));
  const shopper: ShopperState = {
    linked,
    opted_out: false,
    lines: new Map([...kept].map(([sku, quantity]) => [sku, { quantity, price: 0, position: '0' }])),
    claims: new Map([...kept].map(([sku, held]) => [sku, { held, waiting: 0, position: '0' }])),
    ordered: new Map(),
  };
  const stockOf: StockOf = (merchant_id, sku) => {
    const stock = given.stockOf(merchant_id, sku);
    return stock === undefined ? undefined : Math.max(stock - (kept.get(sku) ?? 0), 0);
  };
  const { decision } = settle(post.id, reading, shopper, stockOf, { at });
  const { lines, waitlist, missing, among, limit } = decision.detail;
  const plain = (some: Line[] | undefined) => some?.map(({ sku, quantity }) => ({ sku, quantity })) ?? [];
  return {
    outcome: decision.outcome,
    ...(decision.reason ? { reason: decision.reason } : {}),
    ...(plain(lines).length > 0 ? { lines: plain(lines) } : {}),
    ...(plain(waitlist).length > 0 ? { waitlist: plain(waitlist) } : {}),
    ...(missing ? { missing } : {}),
    ...(among ? { among } : {}),
    ...(limit === undefined ? {} : { limit }),
  };
}

/** The catalog of a file, with what the rehearsal says about the product posts' conversations. */
function catalogFor(
  { rows, bot_id }: Given,
  others: Map<string, Post>,
  accept_quotes: boolean | undefined,
): Catalog {
  return buildCatalog({
    version: 'rehearsal',
    ...(bot_id === undefined ? {} : { bot_id }),
    merchants: rows.merchants.map((merchant) => ({
      ...(merchant as Merchant),
      ...(accept_quotes === undefined ? {} : { accept_quotes }),
    })),
    products: rows.products.map((product) => ({ ...(product as Product) })),
    exceptions: rows.variants as LiveRows['exceptions'],
    post_products: rows.post_products.map(({ post_id, merchant_id, product_sku }) => ({
      post_id: String(post_id),
      merchant_id,
      product_sku,
      conversation_id: others.get(String(post_id))?.conversation_id ?? null,
    })),
    post_aliases: [],
  });
}

/** Where the result is another than expected. Order in lists means nothing; lists that are left out are empty. */
function compare(result: Rehearsed, expected: Record<string, unknown>): string[] {
  const wanted: Record<string, unknown> = { lines: [], waitlist: [], ...expected };
  return Object.entries(wanted).flatMap(([key, value]) => {
    const found = result[key] ?? (Array.isArray(value) ? [] : undefined);
    const same = isDeepStrictEqual(sorted(found), sorted(value));
    return same ? [] : [`${key}: expected ${JSON.stringify(value)}, found ${JSON.stringify(found)}`];
  });
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value
        .map((each) =>
          JSON.stringify(typeof each === 'object' ? Object.entries(each as object).sort() : each),
        )
        .sort()
    : value;
