import type { Context } from '../context.ts';
import { type Check, comparedUntil, idsToCompare, noteCheck } from '../db/comparison.ts';
import type { CatchUp, Finding } from '../domain/comparison.ts';
import { disputePages, intentPages, refundPages, sessionPages } from '../stripe/facts.ts';
import type { Span } from '../stripe/lists.ts';
import { catchUpEvents } from './catch-up-events.ts';
import { recordIntent } from './charge-card.ts';
import {
  compareDisputes,
  compareOne,
  comparePayments,
  compareRefunds,
  compareSessions,
} from './compare-objects.ts';
import { recordDispute } from './record-dispute.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'log' | 'now' | 'config'>;

const MINUTE = 60_000;
/** What is newer may still be on its way to us. */
const SETTLED_MS = 2 * MINUTE;
/** Looked at again each time: Stripe's lists are not said to be complete the moment something happens. */
const OVERLAP_MS = 60 * MINUTE;
/** Stripe keeps events for 30 days (API reference: "List all events"). */
const LONGEST_MS = 29 * 24 * 60 * MINUTE;

/**
 * Compares the books with Stripe's own lists: every payment, session, refund and dispute of Stripe's has its row, and every row
 * its object, with the same amount and state. What we were not told of is asked for again; what differs is stored, with
 * what cures it. Changes nothing at Stripe.
 *
 * @param since instead of the time up to which all was compared, less an hour
 * @param upToNow also what happened in the last two minutes, which may still be under way
 * @throws where Stripe or the database does not answer: nothing is noted then
 */
export async function compareWithStripe(
  context: Needs,
  { since, upToNow = false }: { since?: Date; upToNow?: boolean } = {},
): Promise<Check> {
  const { db, log } = context;
  const started_at = context.now();
  const span = await spanToCompare(context, since, upToNow);
  const events = await catchUpEvents(context, span);
  const seen = new Set<string>();
  const findings = [...events.findings];
  const again = new Set<string>();
  for await (const found of listed(context, span, seen)) {
    // Our side was read after Stripe's, and things go on meanwhile: what is not merely late is looked at a second time.
    if (found.late) findings.push(found);
    else again.add(found.about);
  }
  for (const id of [...events.objects, ...(await idsToCompare(db, span))]) if (!seen.has(id)) again.add(id);
  for (const id of again) findings.push(...(await compareOne(context, id)));
  const unique = [...new Map(findings.map((each) => [`${each.about} ${each.what}`, each])).values()];
  for (const { late } of unique) if (late) await catchUp(context, late);
  const compared = events.count + new Set([...seen, ...again]).size;
  const check = await noteCheck(db, { ...span, started_at, compared }, unique);
  if (check.differences > 0)
    log.error({ ...check }, 'the books differ from Stripe: see replycart ledger check');
  else log.info({ ...check }, 'the books are as Stripe’s');
  return check;
}

/** Has done what we were told late. */
async function catchUp(context: Needs, late: CatchUp): Promise<void> {
  const { queues } = context;
  if (late.job === 'record-payment') await queues.add(late.job, { session_id: late.session_id });
  if (late.job === 'give-refund') await queues.add(late.job, { refund_id: late.refund_id });
  if (late.job === 'read-stripe-event') await queues.add(late.job, { event_id: late.event_id });
  if (late.job === 'record-intent') await recordIntent(context, late.intent);
  if (late.job === 'record-dispute') await recordDispute(context, late.dispute_id);
}

async function spanToCompare({ db, now }: Needs, since: Date | undefined, upToNow: boolean): Promise<Span> {
  const until = new Date(now().getTime() + (upToNow ? 1000 : -SETTLED_MS));
  const earliest = until.getTime() - LONGEST_MS;
  const from = since ?? (await comparedUntil(db, new Date(earliest))) ?? until;
  const overlap = since ? 0 : OVERLAP_MS;
  return { since: new Date(Math.max(from.getTime() - overlap, earliest)), until };
}

/** What is wrong with what Stripe lists. @param seen gets the ids of all that is listed */
async function* listed({ db, stripe }: Needs, span: Span, seen: Set<string>): AsyncGenerator<Finding> {
  const note = (page: Array<{ id: string }>): void => {
    for (const { id } of page) seen.add(id);
  };
  for await (const page of intentPages(stripe, span)) {
    note(page);
    yield* await comparePayments({ db, stripe }, page);
  }
  for await (const page of sessionPages(stripe, span)) {
    note(page);
    yield* await compareSessions({ db }, page);
  }
  for await (const page of refundPages(stripe, span)) {
    note(page);
    yield* await compareRefunds({ db }, page);
  }
  for await (const page of disputePages(stripe, span)) {
    note(page);
    yield* await compareDisputes({ db }, page);
  }
}
