import type { Context } from '../context.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import {
  lockShoppers,
  newestOutcomes,
  openLines,
  orderedQuantities,
  type Settled,
  stockLeft,
  writeSettled,
} from '../db/settle.ts';
import type { Catalog, Merchant } from '../domain/catalog.ts';
import type { Detail } from '../domain/outcome.ts';
import type { Reading } from '../domain/read-reply.ts';
import { type ShopperState, type StockOf, settle } from '../domain/settle.ts';
import { type Read, readDelivered } from './read-delivered.ts';

type Needs = Pick<Context, 'batchDb' | 'catalog' | 'config'>;

/** What to do about replies that depend on posts above them of which nothing is known. */
export interface Above {
  /** Leaves them unsettled and tells of them, so that X can be asked. By default they are settled with what is known. */
  later?: (post_ids: string[]) => Promise<void>;
  /** Why X could not tell. */
  unknown?: Detail['unknown_above'];
}

/**
 * Settles replies that X delivered: each gets its outcome, and carts and mails what follows from it, all in one
 * transaction. Replies that are settled stay as they are, so it is safe to run twice; what their author could not
 * be told of is settled anew once they have linked.
 *
 * @param again settle these once more, unless they have changed a cart already
 * @param above what to do about replies below posts of which nothing is known
 * @returns the ids of mails that may leave at once
 */
export async function settleReplies(
  context: Needs,
  post_ids: string[],
  again = false,
  above: Above = {},
): Promise<string[]> {
  const catalog = await context.catalog();
  if (!catalog) throw new Error('no catalog was applied yet: run "replycart catalog apply"');
  const replies = await withoutWaiting(await readDelivered(context.batchDb, post_ids, catalog), above);
  if (replies.length === 0) return [];
  return inTransaction(context.batchDb, async (tx) => {
    const authors = distinct(replies.flatMap(({ shopper_id }) => (shopper_id ? [shopper_id] : [])));
    const linked = new Map((await lockShoppers(tx, authors)).map((row) => [row.x_user_id, row]));
    // Under the lock nobody else settles these shoppers' replies.
    const before = await newestOutcomes(
      tx,
      replies.map((reply) => reply.post_id),
    );
    const open = replies.filter(({ post_id, shopper_id }) => {
      const newest = before.get(post_id);
      if (!newest) return true;
      return (
        (newest.untold && linked.has(shopper_id ?? '')) || (again && !CHANGED_A_CART.includes(newest.outcome))
      );
    });
    const stateOf = await readStates(tx, open, linked);
    const stockOf = await readStock(tx, open);
    const settled = settleAll(open, before, stateOf, stockOf, catalog);
    return settled.outcomes.length === 0 ? [] : writeSettled(tx, settled, context.config.MAIL_QUIET_SECONDS);
  });
}

async function withoutWaiting(replies: Read[], { later, unknown }: Above): Promise<Read[]> {
  const waiting = replies.filter((reply) => reply.unknown !== undefined);
  if (waiting.length > 0 && later) await later(waiting.map((reply) => reply.post_id));
  else for (const { reading } of waiting) detailOf(reading).unknown_above = unknown;
  return later ? replies.filter((reply) => reply.unknown === undefined) : replies;
}

/** Settles replies one after the other, each against the state that those before it have left. */
function settleAll(
  replies: Read[],
  before: Map<string, { revision: number }>,
  stateOf: Awaited<ReturnType<typeof readStates>>,
  stockOf: StockOf,
  catalog: Catalog,
): Settled {
  const outcomes: Settled['outcomes'] = [];
  const lines = new Map<string, Settled['lines'][number]>();
  const questions = new Map<string, Settled['questions'][number]>();
  for (const { post_id, shopper_id, reading } of replies) {
    const state = stateOf(shopper_id, merchantOf(reading));
    const { decision, changes } = settle(post_id, reading, state, stockOf);
    const tell = state.linked && reading.kind !== 'noise' && !UNTOLD.includes(decision.reason ?? '');
    const revision = (before.get(post_id)?.revision ?? -1) + 1;
    outcomes.push({ post_id, revision, shopper_id, tell, ...decision });
    const merchant = catalog.merchants.get(decision.merchant_id ?? '');
    if (!tell || shopper_id === null || !merchant) continue;
    const cart = { shopper_id, merchant_id: merchant.id, currency: merchant.currency };
    const key = `${shopper_id} ${merchant.id}`;
    if (decision.outcome === 'asked') questions.set(key, cart);
    for (const change of changes) {
      state.lines.set(change.sku, change);
      lines.set(`${key} ${change.sku}`, { ...cart, post_id, ...change });
    }
  }
  for (const { shopper_id, merchant_id } of lines.values()) questions.delete(`${shopper_id} ${merchant_id}`);
  return { outcomes, lines: [...lines.values()], questions: [...questions.values()] };
}

const CHANGED_A_CART = ['added', 'set', 'removed', 'bought', 'waitlisted'];
/** What shoppers are not told of: they said that they want no mail, or it is the merchant who writes. */
const UNTOLD = ['opted_out', 'merchant_self'];

const merchantOf = (reading: Reading): string | undefined =>
  reading.kind === 'order' ? reading.merchant.id : reading.decision.merchant_id;

const detailOf = (reading: Reading): Detail =>
  reading.kind === 'order' ? reading.detail : reading.decision.detail;

const distinct = (texts: string[]): string[] => [...new Set(texts)];

/** Looks up what is known of the authors: their open lines and orders at the merchants of their replies. */
async function readStates(tx: Tx, replies: Read[], linked: Map<string, { opted_out_at: Date | null }>) {
  const states = new Map<string, ShopperState>();
  const stateOf = (shopper_id: string | null, merchant_id: string | undefined): ShopperState => {
    const key = `${shopper_id} ${merchant_id}`;
    const shopper = linked.get(shopper_id ?? '');
    const known = states.get(key) ?? {
      linked: shopper !== undefined,
      opted_out: shopper?.opted_out_at != null,
      lines: new Map(),
      ordered: new Map(),
    };
    states.set(key, known);
    return known;
  };
  const asked = new Map<string, { shopper_id: string; merchant: Merchant }>();
  for (const { shopper_id, reading } of replies) {
    if (shopper_id === null || reading.kind !== 'order' || !linked.has(shopper_id)) continue;
    asked.set(`${shopper_id} ${reading.merchant.id}`, { shopper_id, merchant: reading.merchant });
  }
  if (asked.size > 0) {
    const given = {
      shopper_ids: [...asked.values()].map((each) => each.shopper_id),
      merchant_ids: [...asked.values()].map((each) => each.merchant.id),
    };
    for (const line of await openLines(tx, given))
      stateOf(line.shopper_id, line.merchant_id).lines.set(line.sku, line);
    for (const { shopper_id, merchant_id, product_sku, quantity } of await orderedQuantities(tx, given)) {
      stateOf(shopper_id, merchant_id).ordered.set(product_sku, quantity);
    }
  }
  return stateOf;
}

async function readStock(tx: Tx, replies: Read[]) {
  const products = new Set(
    replies.flatMap(({ reading }) => (reading.kind === 'order' ? [reading.product] : [])),
  );
  const rows =
    products.size === 0
      ? []
      : await stockLeft(tx, {
          merchant_ids: [...products].map((product) => product.merchant_id),
          product_skus: [...products].map((product) => product.sku),
        });
  const left = new Map(rows.map((row) => [`${row.merchant_id} ${row.sku}`, row.available]));
  return (merchant_id: string, sku: string): number | undefined => left.get(`${merchant_id} ${sku}`);
}
