import type { PricePolicy } from '../db/schema.ts';

/** What a product says about its price between the reply and the payment. */
export interface PriceTerms {
  price_policy: PricePolicy;
  /** For how long the price at the reply counts. Null: for as long as the line waits. */
  promised_hours: number | null;
}

/** What one costs who asks now, in minor units, and the post whose offer that is; null: it costs so everywhere. */
export interface Asked {
  price: number;
  offer_post_id: string | null;
}

/** What a line remembers of its price: that of one when it was priced, and when that was; null: at this moment. */
export interface Pricing extends Asked {
  priced_at: Date | null;
}

/** What decides what one of a line costs. Amounts in minor units. */
export interface LinePricing extends PriceTerms {
  price_then: number;
  priced_at: Date;
  /** What it would cost if it was set now, by the same post. */
  price_today: number;
  /** The offer by which the line was priced is not there any more. */
  offer_over: boolean;
}

/** The merchant's word about a line's price; `until` null: for as long as it waits in the cart. */
export interface PricePromise {
  kind: Exclude<PricePolicy, 'current'>;
  until: Date | null;
}

/**
 * Why one costs what it costs. same: as much as when the line was priced. changed: the price of the day, which is another
 * by now. lower: the price of the day, which is the lower of the two. promise_over, offer_over: the price of the day, because
 * what was said before has ended.
 */
export type PriceReason = 'same' | 'changed' | 'lower' | 'promise_over' | 'offer_over';

export interface LinePrice {
  /** Of one. */
  price: number;
  price_why: PriceReason;
  /** As long as it holds. */
  promise: PricePromise | null;
}

const HOUR_MS = 3_600_000;

/** What one of a line costs at a time, and why. Carts, checkouts, mails, pages and support all ask here. */
export function priceOf(line: LinePricing, at: Date): LinePrice {
  const { price_then, price_today } = line;
  const promise = promiseOf(line, line.priced_at, at);
  const kept = promise !== null && (promise.kind === 'promised' || price_then < price_today);
  const price = kept ? price_then : price_today;
  return { price, price_why: price === price_then ? 'same' : whyOther(line, promise), promise };
}

function whyOther(line: LinePricing, promise: PricePromise | null): PriceReason {
  if (promise) return 'lower';
  if (line.offer_over) return 'offer_over';
  return line.price_policy !== 'current' && line.price_today > line.price_then ? 'promise_over' : 'changed';
}

/** What is promised of a price at a time, if anything. */
function promiseOf(
  { price_policy, promised_hours }: PriceTerms,
  priced_at: Date,
  at: Date,
): PricePromise | null {
  if (price_policy === 'current') return null;
  const until = promised_hours === null ? null : new Date(priced_at.getTime() + promised_hours * HOUR_MS);
  return until === null || at < until ? { kind: price_policy, until } : null;
}

/**
 * How a line is priced that is set, by a reply or on a page: as one costs who asks now. Only where the line has been promised
 * a lower price, by the same offer, that promise stays, and its end.
 *
 * @param before how the line was priced, if it is there
 */
export function priceAnew(before: Pricing | undefined, now: Asked, terms: PriceTerms, at: Date): Pricing {
  const stays =
    before !== undefined &&
    before.offer_post_id === now.offer_post_id &&
    before.price < now.price &&
    promiseOf(terms, before.priced_at ?? at, at) !== null;
  return stays ? before : { price: now.price, offer_post_id: now.offer_post_id, priced_at: null };
}

/** Something bought so lately that another one may be a mistake. */
const LATELY_HOURS = 24;

/** How many whole hours ago something was bought, where that is less than a day. */
export function boughtHoursAgo(bought_at: Date | null, at: Date): number | undefined {
  if (bought_at === null) return undefined;
  const hours = Math.max(Math.floor((at.getTime() - bought_at.getTime()) / HOUR_MS), 0);
  return hours < LATELY_HOURS ? hours : undefined;
}
