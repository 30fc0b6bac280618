import type { Tx } from '../db/database.ts';
import { addPublicReplies } from '../db/public-replies.ts';
import type { Settled } from '../db/settle.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { OutcomeReason } from '../domain/outcome.ts';
import { publicKindOf } from '../domain/public-reply.ts';

interface Known {
  /** The newest outcome that a reply had before. */
  before: ReadonlyMap<string, { reason: OutcomeReason | null }>;
  /** The authors who have linked. */
  linked: ReadonlyMap<string, unknown>;
}

/**
 * Notes what merchants' accounts are to say about replies that have just been settled. Costs nothing while no
 * account has signed in. What has been settled before is not talked of again, unless it was a reply to a post that the
 * catalog did not name.
 */
export async function sayInPublic(
  tx: Tx,
  catalog: Catalog,
  outcomes: Settled['outcomes'],
  { before, linked }: Known,
): Promise<void> {
  if (catalog.speaking.size === 0) return;
  const replies = outcomes.flatMap(({ post_id, shopper_id, ...decision }) => {
    const earlier = before.get(post_id);
    if (shopper_id === null || (earlier && earlier.reason !== 'not_a_product')) return [];
    const kind = publicKindOf(decision, linked.has(shopper_id), catalog);
    const merchant = catalog.merchants.get(decision.merchant_id ?? '');
    if (!kind || !merchant) return [];
    return [{ post_id, shopper_id, kind, merchant_id: merchant.id, account_id: merchant.x_user_id }];
  });
  await addPublicReplies(tx, replies);
}
