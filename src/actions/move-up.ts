import type { Context } from '../context.ts';
import { writeClaims } from '../db/claims.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { lockShoppers, newestOutcomes, type Settled, writeSettled } from '../db/settle.ts';
import { lockProducts } from '../db/stock.ts';
import { leaveLine, type PlaceInVain, placesInVain, waitingLine } from '../db/waiting-line.ts';
import type { Merchant, Product } from '../domain/catalog.ts';
import { isNoPost } from '../domain/erased.ts';
import type { Decision } from '../domain/outcome.ts';
import { advance, inVain, outcomesOf } from '../domain/waiting-line.ts';
import { readStates } from './shopper-states.ts';

type Needs = Pick<Context, 'batchDb' | 'catalog' | 'config' | 'now'>;

/** So many move up in one transaction; the sweep asks again while there is more to give. */
const MOST = 200;

/**
 * Gives pieces that have come back (a hold that ended, a line that was removed, a delivery) to those who wait for them,
 * first come first. Their replies get a new outcome, and they a mail; for who has not linked yet the piece is kept for
 * the rest of their time. Who waits for what is not for sale any more hears that.
 *
 * @returns the ids of mails that may leave at once
 */
export async function moveUp(
  context: Needs,
  { merchant_id, product_sku }: { merchant_id: string; product_sku: string },
): Promise<string[]> {
  const catalog = await context.catalog();
  const merchant = catalog?.merchants.get(merchant_id);
  const product = catalog?.products.get(merchant_id)?.get(product_sku);
  return inTransaction(context.batchDb, async (tx) => {
    await lockProducts(tx, { merchant_ids: [merchant_id], product_skus: [product_sku] });
    const over = await placesInVain(tx, merchant_id, product_sku, MOST);
    if (over.length > 0) return endLine(tx, context, { merchant_id, product_sku }, over);
    return merchant && product ? moveUpIn(tx, context, merchant, product) : [];
  });
}

/** Ends the waiting of those who wait in vain. Who has not linked hears of it when their reply is settled anew. */
async function endLine(
  tx: Tx,
  { config }: Needs,
  product: { merchant_id: string; product_sku: string },
  places: PlaceInVain[],
): Promise<string[]> {
  const linked = await lockShoppers(tx, [...new Set(places.map(({ shopper_id }) => shopper_id))]);
  await leaveLine(tx, product.merchant_id, places);
  const told = places.filter(({ shopper_id }) => linked.some(({ x_user_id }) => x_user_id === shopper_id));
  const outcomes = await revised(tx, inVain(product, told), told);
  return outcomes.length === 0
    ? []
    : writeSettled(tx, { outcomes, lines: [], questions: [] }, config.MAIL_QUIET_SECONDS);
}

/** New outcomes of replies whose authors wait, behind those that they have. */
async function revised(
  tx: Tx,
  decisions: Map<string, Decision>,
  places: Array<{ post_id: string; shopper_id: string }>,
): Promise<Settled['outcomes']> {
  const before = await newestOutcomes(tx, [...decisions.keys()]);
  const shopperOf = new Map(places.map(({ post_id, shopper_id }) => [post_id, shopper_id]));
  return [...decisions].map(([post_id, decision]) => ({
    ...decision,
    post_id,
    shopper_id: shopperOf.get(post_id) as string,
    revision: (before.get(post_id)?.revision ?? -1) + 1,
    tell: true,
  }));
}

async function moveUpIn(
  tx: Tx,
  { config, now }: Needs,
  { id: merchant_id, currency }: Merchant,
  product: Product,
): Promise<string[]> {
  const line = await waitingLine(tx, merchant_id, product.sku, MOST);
  if (line.length === 0) return [];
  const shopper_ids = [...new Set(line.map(({ shopper_id }) => shopper_id))];
  const linked = new Map((await lockShoppers(tx, shopper_ids)).map((row) => [row.x_user_id, row]));
  const pairs = line.map(({ shopper_id }) => ({ shopper_id, merchant_id }));
  const stateOf = await readStates(tx, linked, pairs, pairs);
  const ofShopper = (shopper_id: string) => stateOf(shopper_id, merchant_id);
  const free = new Map(line.map((place) => [place.sku, place.free]));
  const advances = advance(product, line, free, ofShopper, now());
  const outcomes = await revised(tx, outcomesOf(product, advances, ofShopper), line);
  const lines = advances.flatMap(({ shopper_id, post_id, change }) =>
    change
      ? [{ shopper_id, merchant_id, currency, post_id: isNoPost(post_id) ? null : post_id, ...change }]
      : [],
  );
  const minutesLeft = new Map(line.map(({ post_id, until }) => [post_id, minutesUntil(until, now())]));
  await writeClaims(
    tx,
    advances.map(({ shopper_id, post_id, claim }) => ({
      ...{ merchant_id, shopper_id, post_id, ...claim },
      linked: linked.has(shopper_id),
      minutes: minutesLeft.get(post_id) ?? product.hold_minutes,
    })),
  );
  if (outcomes.length === 0) return [];
  return writeSettled(tx, { outcomes, lines, questions: [] }, config.MAIL_QUIET_SECONDS);
}

/** Of a place that is kept for a time; `undefined`: for as long as it takes. */
const minutesUntil = (until: Date | null, now: Date): number | undefined =>
  until === null ? undefined : Math.max(Math.round((until.getTime() - now.getTime()) / 60_000), 1);
