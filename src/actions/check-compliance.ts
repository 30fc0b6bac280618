import type { Context } from '../context.ts';
import {
  addComplianceJob,
  type ComplianceRow,
  complianceState,
  finishComplianceJob,
  forgetAccounts,
  forgetPosts,
  idsWeKeep,
  noteUploaded,
} from '../db/compliance.ts';
import { inTransaction } from '../db/database.ts';
import { addMail } from '../db/mails.ts';
import { closePosts } from '../db/posts.ts';
import type { ComplianceType } from '../db/schema.ts';
import { inBatches } from '../domain/batches.ts';
import { queueMails } from '../queue.ts';
import { complianceJob, createComplianceJob, idsToRedact, uploadIds } from '../x/compliance.ts';

type Needs = Pick<Context, 'db' | 'x' | 'queues' | 'log'>;

/** What X's users delete or hide has to be gone from here within 24 hours (X docs: developer policy): there is time for a second try. */
const EVERY_HOURS = 8;
const BATCH = 1_000;

/**
 * Does the next step of asking X which posts and accounts are deleted, protected or suspended: begins a job, gives it our
 * ids, or does what its results ask for. X takes its time: the sweep comes again.
 *
 * @throws XError
 */
export async function checkCompliance(context: Needs): Promise<void> {
  for (const type of ['tweets', 'users'] as const) await checkOne(context, type);
}

async function checkOne(context: Needs, type: ComplianceType): Promise<void> {
  const { db, x, log } = context;
  const { open, due } = await complianceState(db, type, EVERY_HOURS);
  if (open?.uploaded_at) return readResults(context, open);
  if (!open && !due) return;
  const ids = await idsWeKeep(db, type);
  if (ids.length === 0) return;
  const job = open ?? { ...(await createComplianceJob(x, type)), type };
  if (!open)
    await addComplianceJob(db, {
      id: job.id,
      type,
      upload_url: job.upload_url,
      download_url: job.download_url,
    });
  try {
    await uploadIds(job.upload_url, ids);
    await noteUploaded(db, job.id);
  } catch (error) {
    // The place for the ids is there for a quarter of an hour only: the next job asks for a new one.
    log.warn({ err: error, job: job.id }, 'X did not take the ids that are to be checked; trying again');
    await finishComplianceJob(db, job.id, { error: 'upload' });
  }
}

async function readResults(context: Needs, job: ComplianceRow): Promise<void> {
  const { db, x, log } = context;
  const { status, download_url } = await complianceJob(x, job.id);
  if (status === 'failed' || status === 'expired') {
    log.warn({ job: job.id, status }, 'X did not check what is deleted; asking again');
    return finishComplianceJob(db, job.id, { error: status });
  }
  if (status !== 'complete') return;
  const ids = await idsToRedact(download_url);
  for (const some of inBatches(ids, BATCH))
    await (job.type === 'users' ? forgetAccounts(db, some) : redactPosts(context, some));
  await finishComplianceJob(db, job.id, { redacted: ids.length });
  if (ids.length > 0) log.info({ type: job.type, redacted: ids.length }, 'deleted at X, and forgotten here');
}

/** Forgets posts; those that sold something sell nothing any more, and their merchants hear of it. */
async function redactPosts({ db, queues }: Needs, ids: string[]): Promise<void> {
  await forgetPosts(db, ids);
  const mail_ids = await inTransaction(db, async (tx) => {
    const closed = await closePosts(tx, ids);
    const written: string[] = [];
    for (const { post_id, merchant_id } of closed) {
      const mail = await addMail(tx, { kind: 'post_changed', merchant_id, post_id });
      if (mail) written.push(mail);
    }
    return written;
  });
  await queueMails({ queues }, mail_ids);
}
