import type { Context } from '../context.ts';
import { type GivenClaim, isOversold, writeClaims } from '../db/claims.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { keepErasuresOut } from '../db/erased.ts';
import { keepReplies, releaseReplies } from '../db/kept-replies.ts';
import { deleteReplies } from '../db/leaving.ts';
import { undoAll } from '../db/purchases.ts';
import { lockShoppers, newestOutcomes, type Settled, writeSettled } from '../db/settle.ts';
import { optOut } from '../db/shoppers.ts';
import type { Shelf } from '../db/stock.ts';
import type { Catalog, Product } from '../domain/catalog.ts';
import { choiceBySku } from '../domain/options.ts';
import type { Decision, Detail, OutcomeKind, OutcomeReason } from '../domain/outcome.ts';
import { PairMap } from '../domain/pair-map.ts';
import { detailOf, type Reading } from '../domain/read-reply.ts';
import { settle } from '../domain/settle.ts';
import type { ShopperState } from '../domain/shopper-state.ts';
import { compareIds, idAtTime } from '../domain/snowflake.ts';
import { takeTurns } from './first-come.ts';
import { type Buy, planPurchases, withGrants } from './plan-purchases.ts';
import { type Delivered, type Read, readDelivered } from './read-delivered.ts';
import { sayInPublic } from './say-in-public.ts';
import { readStates, type StateOf } from './shopper-states.ts';
import { postsOfErased } from './traces.ts';

type Needs = Pick<Context, 'batchDb' | 'catalog' | 'config' | 'keys' | 'now'>;

/** What to do about replies that depend on posts above them of which nothing is known. */
export interface Above {
  /** Leaves them unsettled and tells of them, so that X can be asked. By default they are settled with what is known. */
  later?: (post_ids: string[]) => Promise<void>;
  /** Why X could not tell. */
  unknown?: Detail['unknown_above'];
}

/** Replies of other batches took, in the same moment, what these were promised. */
class Oversold extends Error {}

/**
 * Settles replies that X delivered: each gets its outcome, and carts, stock and mails what follows from it, all in one
 * transaction. Replies that are settled stay as they are, so it is safe to run twice; what their author could not
 * be told of is settled anew once they have linked. Where stock is short, older replies that wait for their turn are
 * settled with these.
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
  const { batchDb } = context;
  const catalog = await context.catalog();
  if (!catalog) throw new Error('no catalog was applied yet: run "replycart catalog apply"');
  const mail_ids: string[] = [];
  let replies = await withWaiting(await readDelivered(batchDb, post_ids, catalog), above);
  while (replies.length > 0) {
    const given = { replies, catalog, again };
    const settleSome = (lockAll: boolean) =>
      inTransaction(batchDb, (tx) => settleTurn(tx, context, { ...given, lockAll }));
    const done = await settleSome(false).catch((error) => {
      if (error instanceof Oversold) return settleSome(true);
      throw error;
    });
    mail_ids.push(...done.mail_ids);
    replies = done.rest;
  }
  return mail_ids;
}

/** Adds the replies that would have to wait for X, unless they are to be settled later. */
async function withWaiting({ replies, waiting }: Delivered, { later, unknown }: Above): Promise<Read[]> {
  if (waiting.length === 0) return replies;
  if (later) {
    await later(waiting.map(({ post_id }) => post_id));
    return replies;
  }
  const rest = waiting.map(({ read }) => read());
  for (const { reading } of rest) detailOf(reading).unknown_above = unknown;
  return [...replies, ...rest].sort((a, b) => compareIds(a.post_id, b.post_id));
}

/** Settles the replies whose turn it is. Returns those whose turn comes after. */
async function settleTurn(
  tx: Tx,
  { config, keys, now }: Needs,
  given: { replies: Read[]; catalog: Catalog; again: boolean; lockAll: boolean },
): Promise<{ mail_ids: string[]; rest: Read[] }> {
  const { catalog, again, lockAll } = given;
  const lastErased = await keepErasuresOut(tx);
  const { shelves, rest, ...turn } = await takeTurns(tx, given.replies, catalog, lockAll);
  // What X delivers again of somebody who was erased is gone at once.
  const erased = await postsOfErased(tx, keys, lastErased, turn.replies);
  await deleteReplies(tx, [...erased]);
  const replies = turn.replies.filter(({ post_id }) => !erased.has(post_id));
  const authors = new Set(replies.flatMap(({ shopper_id }) => (shopper_id ? [shopper_id] : [])));
  const linked = new Map((await lockShoppers(tx, [...authors])).map((row) => [row.x_user_id, row]));
  // Under the lock nobody else settles these shoppers' replies.
  const before = await newestOutcomes(
    tx,
    replies.map((reply) => reply.post_id),
  );
  const open = replies.filter(({ post_id, shopper_id, reading }) => {
    const newest = before.get(post_id);
    if (!newest) return true;
    return (
      (newest.untold && linked.has(shopper_id ?? '')) ||
      (newest.reason === 'not_a_product' && isProductNow(reading)) ||
      (again && !CHANGED_A_CART.includes(newest.outcome))
    );
  });
  const orders = open.flatMap(({ shopper_id, reading }) =>
    shopper_id !== null && reading.kind === 'order'
      ? [{ shopper_id, action: reading.action, ...reading.product }]
      : [],
  );
  // Who takes something back may also wait for it from a time when it was held.
  const claimants = orders.filter(({ stock_mode, action }) => stock_mode === 'hold' || action === 'remove');
  const stateOf = await readStates(tx, linked, orders, claimants);
  const lostPlace = BigInt(idAtTime(now()));
  const { claims, stopped, tight, buys, ...settled } = settleAll(open, {
    before,
    stateOf,
    shelves,
    catalog,
    lostPlace,
  });
  await releaseTaken(tx, replies, before);
  if (settled.outcomes.length === 0) return { mail_ids: [], rest };
  const purchases = await withGrants(tx, buys, now());
  // A mail of its own announces what is about to be bought: at once, and not among other news.
  const announced = new Set(purchases.map(({ post_id }) => post_id));
  for (const outcome of settled.outcomes) if (announced.has(outcome.post_id)) outcome.tell = false;
  const mail_ids = await writeSettled(tx, settled, config.MAIL_QUIET_SECONDS);
  mail_ids.push(...(await planPurchases(tx, purchases, now())));
  await sayInPublic(tx, catalog, settled.outcomes, { before, linked });
  await keepUnregistered(tx, open);
  await optOut(tx, stopped);
  await undoAll(tx, stopped);
  await writeClaims(
    tx,
    claims.map((claim) => ({ ...claim, minutes: claim.linked ? claim.minutes : config.PLACE_MINUTES })),
  );
  if (!lockAll && (await isOversold(tx, tight))) throw new Oversold();
  return { mail_ids, rest };
}

/** Replies to posts that the catalog does not name are kept for when it does. */
async function keepUnregistered(tx: Tx, replies: Read[]): Promise<void> {
  await keepReplies(
    tx,
    replies.flatMap(({ post_id, reading }) =>
      reading.kind === 'decided' && reading.unregistered ? [{ post_id, ...reading.unregistered }] : [],
    ),
  );
}

/** What was kept and has had its turn is kept no longer, whatever it reads as by now. */
async function releaseTaken(
  tx: Tx,
  replies: Read[],
  before: Map<string, { reason: OutcomeReason | null }>,
): Promise<void> {
  const taken = replies.filter(
    ({ post_id, reading }) =>
      before.get(post_id)?.reason === 'not_a_product' &&
      !(reading.kind === 'decided' && reading.unregistered),
  );
  await releaseReplies(
    tx,
    taken.map(({ post_id }) => post_id),
  );
}

const isProductNow = (reading: Reading): boolean =>
  reading.kind !== 'noise' && !(reading.kind === 'decided' && reading.decision.reason === 'not_a_product');

interface Known {
  before: Map<string, { revision: number; outcome: OutcomeKind }>;
  stateOf: StateOf;
  shelves: Shelf[];
  catalog: Catalog;
  /** The place in waiting lines of who has lost theirs: behind everybody who has replied by now. */
  lostPlace: bigint;
}

/** Settles replies one after the other, each against the state that those before it have left. */
function settleAll(
  replies: Read[],
  { before, stateOf, shelves, catalog, lostPlace }: Known,
): Settled & { claims: GivenClaim[]; stopped: string[]; tight: Shelf[]; buys: Buy[] } {
  const buys: Buy[] = [];
  const outcomes: Settled['outcomes'] = [];
  const changed = new Map<ShopperState, Changed>();
  const stopped = new Set<string>();
  const left = new PairMap<string, string, number>();
  for (const shelf of shelves) left.set(shelf.merchant_id, shelf.sku, shelf.left);
  const stockOf = (merchant_id: string, sku: string): number | undefined => left.get(merchant_id, sku);
  const hadClaim = claimsBefore(
    replies.filter(({ post_id }) => before.get(post_id)?.outcome === 'held'),
    stateOf,
  );
  let behind = lostPlace;
  const next = (): string => String(behind++);
  for (const { post_id, shopper_id, reading } of replies) {
    const state = stateOf(shopper_id, merchantOf(reading));
    if (shopper_id !== null && stopped.has(shopper_id)) state.opted_out = true;
    const earlier = before.get(post_id);
    const place = earlier?.outcome === 'held' && !hadClaim(shopper_id, reading) ? next() : post_id;
    const settlement = settle(post_id, reading, state, stockOf, { place });
    const { decision } = settlement;
    if (shopper_id !== null && decision.detail.action === 'stop') stopped.add(shopper_id);
    const tell = state.linked && reading.kind !== 'noise' && !UNTOLD.includes(decision.reason ?? '');
    const revision = (earlier?.revision ?? -1) + 1;
    outcomes.push({ post_id, revision, shopper_id, tell, ...decision });
    const merchant = catalog.merchants.get(decision.merchant_id ?? '');
    if (shopper_id === null || !merchant) continue;
    const cart = { shopper_id, merchant_id: merchant.id, currency: merchant.currency };
    const changes = changed.get(state) ?? { cart, lines: new Map(), claims: new Map(), asked: false };
    changed.set(state, changes);
    for (const { sku, ...claim } of settlement.claims) {
      const { held, waiting } = state.claims.get(sku) ?? { held: 0, waiting: 0 };
      const pieces = left.get(merchant.id, sku) ?? 0;
      left.set(merchant.id, sku, pieces - (claim.held - held) - (claim.waiting - waiting));
      state.claims.set(sku, claim);
      const minutes = reading.kind === 'order' ? reading.product.hold_minutes : 0;
      changes.claims.set(sku, {
        ...{ merchant_id: merchant.id, sku, shopper_id, post_id },
        ...{ ...claim, minutes, linked: state.linked },
      });
    }
    if (!tell) continue;
    if (settlement.buys && reading.kind === 'order') {
      const { product } = reading;
      buys.push({ post_id, shopper_id, merchant, product, lines: settlement.buys, detail: decision.detail });
    }
    changes.asked ||= asksBack(decision);
    for (const change of settlement.changes) {
      state.lines.set(change.sku, change);
      changes.lines.set(change.sku, { ...cart, post_id, ...change });
    }
  }
  const all = [...changed.values()];
  return {
    outcomes,
    lines: all.flatMap(({ lines }) => [...lines.values()]),
    questions: all.flatMap(({ cart, lines, asked }) => (asked && lines.size === 0 ? [cart] : [])),
    claims: all.flatMap(({ claims }) => [...claims.values()]),
    stopped: [...stopped],
    buys,
    tight: shelves.filter((shelf) => isTight(shelf, left.get(shelf.merchant_id, shelf.sku) ?? 0)),
  };
}

/** What replies change for a shopper at a merchant. */
interface Changed {
  cart: Settled['questions'][number];
  /** By SKU, as the last reply leaves them. */
  lines: Map<string, Settled['lines'][number]>;
  claims: Map<string, GivenClaim>;
  /** Their page needs a cart, also an empty one. */
  asked: boolean;
}

/** Whether something of a reply's product was kept for its author, or they had a place in line, before these replies. */
function claimsBefore(replies: Read[], stateOf: StateOf) {
  const keyOf = (shopper_id: string | null, { merchant_id, sku }: Product): string =>
    `${shopper_id} ${merchant_id} ${sku}`;
  const had = new Set<string>();
  for (const { shopper_id, reading } of replies) {
    if (reading.kind !== 'order') continue;
    const { claims } = stateOf(shopper_id, reading.merchant.id);
    for (const sku of claims.size === 0 ? [] : choiceBySku(reading.product).keys())
      if (claims.has(sku)) had.add(keyOf(shopper_id, reading.product));
  }
  return (shopper_id: string | null, reading: Reading): boolean =>
    reading.kind === 'order' && had.has(keyOf(shopper_id, reading.product));
}

/** Whether a hundred batches as this one, all in the same moment, could promise more than there is. */
const isTight = (before: Shelf, left: number): boolean =>
  left < before.left && (before.left - left) * 100 > before.left;

/** Whether a shopper is asked something, or waits. Who would give too little or too much is asked how much it may be instead. */
const asksBack = ({ outcome, reason }: Decision): boolean =>
  outcome === 'asked' || outcome === 'waitlisted' || reason === 'amount_bounds';

const CHANGED_A_CART = ['added', 'set', 'removed', 'bought', 'waitlisted'];
/** What shoppers are not told of: they said that they want no mail, or it is the merchant who writes. */
const UNTOLD = ['opted_out', 'merchant_self'];

const merchantOf = (reading: Reading): string | undefined =>
  reading.kind === 'order' ? reading.merchant.id : reading.decision.merchant_id;
