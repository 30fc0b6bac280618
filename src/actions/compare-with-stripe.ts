import type { Context } from '../context.ts';
import {
  type Check,
  checkoutRows,
  firstMoved,
  idsToCompare,
  lastCheck,
  noteCheck,
  paymentRows,
  refundRows,
} from '../db/comparison.ts';
import {
  comparePayment,
  compareRefund,
  compareSession,
  type Finding,
  type IntentFact,
  type RefundFact,
  type SessionFact,
} from '../domain/comparison.ts';
import {
  findIntent,
  findRefund,
  findSession,
  intentPages,
  refundPages,
  sessionOfIntent,
  sessionPages,
} from '../stripe/facts.ts';
import type { Span } from '../stripe/lists.ts';
import { catchUpEvents } from './catch-up-events.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'log' | 'now'>;

const MINUTE = 60_000;
/** What is newer may still be on its way to us. */
const SETTLED_MS = 2 * MINUTE;
/** Looked at again each time: Stripe's lists are not said to be complete the moment something happens. */
const OVERLAP_MS = 60 * MINUTE;
/** Stripe keeps events for 30 days (API reference: "List all events"). */
const LONGEST_MS = 29 * 24 * 60 * MINUTE;

/**
 * Compares the books with Stripe's own lists: every payment, session and refund of Stripe's has its row, and every row
 * its object, with the same amount and state. What we were not told of is asked for again; what differs is stored, with
 * what cures it. Changes nothing at Stripe.
 *
 * @param since instead of the end of the last comparison, less an hour
 * @param upToNow also what happened in the last two minutes, which may still be under way
 * @throws where Stripe or the database does not answer: nothing is noted then
 */
export async function compareWithStripe(
  context: Needs,
  { since, upToNow = false }: { since?: Date; upToNow?: boolean } = {},
): Promise<Check> {
  const { db, queues, log } = context;
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
  for (const id of again) findings.push(...(await examine(context, id)));
  const unique = [...new Map(findings.map((each) => [`${each.about} ${each.what}`, each])).values()];
  for (const { late } of unique) {
    if (late?.job === 'record-payment') await queues.add(late.job, { session_id: late.session_id });
    if (late?.job === 'give-refund') await queues.add(late.job, { refund_id: late.refund_id });
    if (late?.job === 'read-stripe-event') await queues.add(late.job, { event_id: late.event_id });
  }
  const compared = events.count + new Set([...seen, ...again]).size;
  const check = await noteCheck(db, { ...span, started_at, compared }, unique);
  if (check.differences > 0)
    log.error({ ...check }, 'the books differ from Stripe: see replycart ledger check');
  else log.info({ ...check }, 'the books are as Stripe’s');
  return check;
}

async function spanToCompare({ db, now }: Needs, since: Date | undefined, upToNow: boolean): Promise<Span> {
  const until = new Date(now().getTime() + (upToNow ? 1000 : -SETTLED_MS));
  const last = await lastCheck(db);
  const from = since ?? last?.until ?? (await firstMoved(db)) ?? until;
  const earliest = until.getTime() - LONGEST_MS;
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
    yield* await payments({ db, stripe }, page);
  }
  for await (const page of sessionPages(stripe, span)) {
    note(page);
    yield* await sessions({ db }, page);
  }
  for await (const page of refundPages(stripe, span)) {
    note(page);
    yield* await refunds({ db }, page);
  }
}

async function payments(
  { db, stripe }: Pick<Needs, 'db' | 'stripe'>,
  intents: IntentFact[],
): Promise<Finding[]> {
  const rows = await paymentRows(
    db,
    intents.map(({ id }) => id),
  );
  const findings: Finding[] = [];
  for (const intent of intents) {
    const row = rows.get(intent.id);
    const isMissing = !row && intent.succeeded && intent.checkout_id !== null;
    const session_id = isMissing ? await sessionOfIntent(stripe, intent.id) : null;
    findings.push(...comparePayment(intent.id, intent, row, session_id));
  }
  return findings;
}

async function sessions({ db }: Pick<Needs, 'db'>, all: SessionFact[]): Promise<Finding[]> {
  const rows = await checkoutRows(db, all);
  return all.flatMap((session) => compareSession(session.id, session, rows.get(session.id)));
}

async function refunds({ db }: Pick<Needs, 'db'>, all: RefundFact[]): Promise<Finding[]> {
  const rows = await refundRows(db, all);
  const ours = await paymentRows(
    db,
    all.map(({ payment_id }) => payment_id ?? ''),
  );
  return all.flatMap((refund) =>
    compareRefund(refund.id, refund, rows.get(refund.id), ours.has(refund.payment_id ?? '')),
  );
}

/** Looks at one thing by its id, on both sides. */
async function examine({ db, stripe }: Needs, id: string): Promise<Finding[]> {
  if (id.startsWith('pi_')) {
    const intent = await findIntent(stripe, id);
    if (intent) return payments({ db, stripe }, [intent]);
    return comparePayment(id, undefined, (await paymentRows(db, [id])).get(id), null);
  }
  if (id.startsWith('cs_')) {
    const session = await findSession(stripe, id);
    if (session) return sessions({ db }, [session]);
    return compareSession(id, undefined, (await checkoutRows(db, [{ id, checkout_id: null }])).get(id));
  }
  if (id.startsWith('re_')) {
    const refund = await findRefund(stripe, id);
    if (refund) return refunds({ db }, [refund]);
    return compareRefund(id, undefined, (await refundRows(db, [{ id, refund_id: null }])).get(id), true);
  }
  return [];
}
