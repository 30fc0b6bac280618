import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Catalog, type CatalogRows, toRows } from '../domain/catalog.ts';
import type { CatalogFile } from '../domain/catalog-file.ts';
import { catalogOfRows } from '../domain/catalog-of-rows.ts';
import { priceText } from '../domain/currency.ts';
import type { Line } from '../domain/outcome.ts';
import type { Post } from '../domain/post.ts';
import { readReply } from '../domain/read-reply.ts';
import { settle } from '../domain/settle.ts';
import type { ShopperState, StockOf } from '../domain/shopper-state.ts';
import { timeOfId } from '../domain/snowflake.ts';
import { readMessage, readPost } from '../x/payload.ts';
import { type Rehearsal, readRehearsal } from './rehearsal.ts';

/** What became of a reply, as `rehearse` prints it. Keys that say nothing are left out. */
export type Rehearsed = { id?: number | string; outcome: string } & Record<string, unknown>;

export interface RehearsedReply {
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
export function rehearser(file: CatalogFile, now: Date | undefined): (given: unknown) => RehearsedReply {
  const rows = toRows(file);
  const stock = new Map(rows.variants.map(({ merchant_id, sku, stock }) => [`${merchant_id} ${sku}`, stock]));
  const stockOf: StockOf = (merchant_id, sku) => stock.get(`${merchant_id} ${sku}`) ?? undefined;
  return (given) => rehearse(readRehearsal(given, file), { rows, bot_id: file.bot?.user_id, stockOf }, now);
}

/** Prices make no difference to what becomes of a reply. */
const UNPRICED = { price: 0, priced_at: null, offer_post_id: null };

interface Given {
  rows: CatalogRows;
  bot_id: string | undefined;
  stockOf: StockOf;
}

function rehearse(case_: Rehearsal, catalog: Given, now: Date | undefined): RehearsedReply {
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
  { cart, linked, accept_quotes }: Rehearsal,
  at: Date,
): Rehearsed {
  const reading = readReply(post, catalogFor(given, others, accept_quotes), others);
  // What the cart holds is kept for it, out of the stock that the catalog names.
  const kept = new Map(cart.map(({ sku, quantity }) => [sku, quantity]));
  const shopper: ShopperState = {
    linked,
    opted_out: false,
    lines: new Map([...kept].map(([sku, quantity]) => [sku, { quantity, position: '0', ...UNPRICED }])),
    claims: new Map([...kept].map(([sku, held]) => [sku, { held, waiting: 0, position: '0' }])),
    ordered: new Map(),
  };
  const stockOf: StockOf = (merchant_id, sku) => {
    const stock = given.stockOf(merchant_id, sku);
    return stock === undefined ? undefined : Math.max(stock - (kept.get(sku) ?? 0), 0);
  };
  const { decision } = settle(post.id, reading, shopper, stockOf, { at });
  const { lines, waitlist, missing, among, limit, donation } = decision.detail;
  const plain = (some: Line[] | undefined) => some?.map(({ sku, quantity }) => ({ sku, quantity })) ?? [];
  return {
    outcome: decision.outcome,
    ...(decision.reason ? { reason: decision.reason } : {}),
    ...(plain(lines).length > 0 ? { lines: plain(lines) } : {}),
    ...(plain(waitlist).length > 0 ? { waitlist: plain(waitlist) } : {}),
    ...(missing ? { missing } : {}),
    ...(among ? { among } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(donation?.amount === undefined ? {} : { amount: priceText(donation.amount, donation.currency) }),
  };
}

/** The catalog of a file, with what the rehearsal says about the product posts' conversations. */
function catalogFor(
  { rows, bot_id }: Given,
  others: Map<string, Post>,
  accept_quotes: boolean | undefined,
): Catalog {
  const merchants = rows.merchants.map((merchant) => ({
    ...merchant,
    ...(accept_quotes === undefined ? {} : { accept_quotes }),
  }));
  return catalogOfRows({ ...rows, merchants }, bot_id, (post_id) => others.get(post_id)?.conversation_id);
}

/** Where the result is another than expected. Order in lists means nothing. */
function compare(result: Rehearsed, wanted: Record<string, unknown>): string[] {
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
