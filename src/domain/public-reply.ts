import type { PublicReplyKind } from '../db/schema.ts';
import type { Catalog } from './catalog.ts';
import type { Decision, OutcomeKind } from './outcome.ts';

/** What a newcomer hears of only once they have linked. */
const UNTOLD: OutcomeKind[] = ['held', 'asked', 'refused'];
/** What waits for another word of the shopper's. `failed` is not among them: nobody knows what it was about. */
const PROBLEMS: OutcomeKind[] = ['asked', 'refused', 'waitlisted'];
const DONE: OutcomeKind[] = ['added', 'set', 'removed', 'unchanged', 'bought', 'helped'];

/**
 * What the merchant's account is to say about a reply, if anything.
 *
 * @param linked whether its author has linked an account
 */
export function publicKindOf(
  decision: Decision,
  linked: boolean,
  catalog: Catalog,
): PublicReplyKind | undefined {
  const { outcome, merchant_id = '' } = decision;
  const merchant = catalog.merchants.get(merchant_id);
  if (!merchant || !catalog.speaking.has(merchant_id)) return undefined;
  if (!linked)
    return UNTOLD.includes(outcome) && merchant.first_contact !== 'none' ? 'first_contact' : undefined;
  if (merchant.acknowledge === 'none' || isSensitive(decision, catalog)) return undefined;
  if (PROBLEMS.includes(outcome)) return 'problem';
  return merchant.acknowledge === 'all' && DONE.includes(outcome) ? 'done' : undefined;
}

/** Whether a reply is about something that nobody else is to know of. Of what is about nothing, nothing is known. */
export function isSensitive({ merchant_id = '', detail }: Decision, catalog: Catalog): boolean {
  const named = [...(detail.product === undefined ? [] : [detail.product]), ...(detail.among ?? [])];
  const products = catalog.products.get(merchant_id);
  return named.length === 0 || named.some((sku) => products?.get(sku)?.sensitive ?? true);
}

/** One of several texts that say the same: X takes the same words from many accounts, or twice a day, for spam. */
export function variantOf(texts: string[], post_id: string, refusals: number): string {
  // Many ids of X are multiples of a power of two: a prime spreads them.
  const start = Number(BigInt(post_id) % 997n) + refusals;
  return texts[start % texts.length] as string;
}
