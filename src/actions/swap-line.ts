import type { Context } from '../context.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { orderedOf } from '../db/line-limits.ts';
import { addMail } from '../db/mails.ts';
import { lockOrderFacts, type OrderFacts } from '../db/order-facts.ts';
import { addSwap, swapChoices } from '../db/order-swaps.ts';
import { record } from '../db/staff.ts';
import { tellMerchant } from '../db/webhooks.ts';
import { whyNotSwapped } from '../domain/cancelling.ts';
import { queueMails } from '../queue.ts';

export type SwapResult =
  | { kind: 'swapped'; swap_id: string }
  | {
      kind: 'refused';
      why: 'unknown' | 'cancelled' | 'given_back' | 'shipped' | 'no_option' | 'sold_out' | 'over_limit';
    };

/**
 * Puts another option of the same product, at the same price, in the place of a line of an order that is not on its way:
 * all of its pieces, or nothing is changed. Nothing is charged or given back; shopper and merchant hear of it.
 *
 * @param staff who of the staff wants it; none: the shopper
 */
export async function swapLine(
  { db, queues }: Pick<Context, 'db' | 'queues'>,
  order_id: string,
  { from, to }: { from: string; to: string },
  staff?: string,
): Promise<SwapResult> {
  const done = await inTransaction(db, async (tx) => {
    const found = await lockOrderFacts(tx, order_id);
    if (!found) return { why: 'unknown' as const };
    const allowed = await planSwap(tx, found, from, to);
    if ('why' in allowed) return allowed;
    const { line, title } = allowed;
    const { shopper_id, merchant_id } = found.order;
    const swap_id = await addSwap(tx, { order: found.order, line, to, title, by: staff ?? 'shopper' });
    await tellMerchant(tx, 'order.changed', { order_id, swap_id });
    if (staff) await record(tx, staff, `swap ${from} for ${to}`, order_id);
    const mails = [
      await addMail(tx, { kind: 'swapped', shopper_id, merchant_id, swap_id }),
      await addMail(tx, { kind: 'order_swapped', merchant_id, swap_id }),
    ];
    return { swap_id, mail_ids: mails.filter((id) => id !== undefined) };
  });
  if ('why' in done) return { kind: 'refused', why: done.why };
  await queueMails({ queues }, done.mail_ids);
  return { kind: 'swapped', swap_id: done.swap_id };
}

type Refused = Extract<SwapResult, { kind: 'refused' }>['why'];

async function planSwap(
  tx: Tx,
  { order, lines, facts }: OrderFacts,
  from: string,
  to: string,
): Promise<{ line: OrderFacts['lines'][number]; title: string } | { why: Refused }> {
  const why = whyNotSwapped(facts);
  if (why) return { why };
  const line = lines.find(({ sku }) => sku === from);
  const choice = line && (await swapChoices(tx, order, lines)).get(from)?.find(({ sku }) => sku === to);
  if (!line || !choice) return { why: line && line.given_back > 0 ? 'given_back' : 'no_option' };
  if (choice.available !== null && choice.available < line.quantity) return { why: 'sold_out' };
  const before = await orderedOf(tx, order, { sku: to });
  if (choice.variant_limit !== null && before + line.quantity > choice.variant_limit)
    return { why: 'over_limit' };
  return { line, title: choice.title };
}
