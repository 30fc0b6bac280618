import type { Context } from '../context.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { beginErasure } from '../db/erased.ts';
import { aNobody, eraseAudit, eraseMails, erasePosts, erasePurchases, postsBy } from '../db/erasure.ts';
import { dropAccount, endCarts, isShared, lockToLeave } from '../db/leaving.ts';
import { closeCheckouts } from './close-checkouts.ts';
import { leaveTraces } from './traces.ts';

type Needs = Pick<Context, 'db' | 'keys' | 'config' | 'stripe' | 'queues' | 'log' | 'now'>;

/** Clocks differ by less than that. */
const MINUTE_MS = 60_000;

/**
 * Erases somebody, linked or not: account, carts, mails, posts. Orders stay as the books need them, under a random number;
 * what docs/privacy.md says of each column is done here. Older posts of theirs that X delivers later count for
 * nothing. Safe to run twice.
 *
 * @returns the number that stands in their place
 */
export async function eraseShopper(context: Needs, shopper_id: string): Promise<string> {
  const { db, now, log } = context;
  // Reads every post that X has delivered: nobody has to wait for that.
  const since = new Date(now().getTime() - MINUTE_MS);
  const posts = await postsBy(db, shopper_id);
  const { nobody, sessions } = await inTransaction(db, async (tx) => {
    await beginErasure(tx);
    return erase(tx, context, shopper_id, [...posts, ...(await postsBy(tx, shopper_id, since))]);
  });
  log.info({ shopper: nobody }, 'a shopper was erased');
  await closeCheckouts(context, sessions);
  return nobody;
}

async function erase(
  tx: Tx,
  { keys, config }: Needs,
  shopper_id: string,
  post_ids: string[],
): Promise<{ nobody: string; sessions: string[] }> {
  const nobody = await aNobody(tx);
  const leaving = await lockToLeave(tx, shopper_id);
  const { username, email } = leaving;
  await eraseMails(tx, leaving);
  await erasePosts(tx, leaving, post_ids);
  const sessions = await endCarts(tx, leaving);
  await erasePurchases(tx, leaving, nobody, config.DELIVERY_DAYS);
  await dropAccount(tx, leaving);
  await eraseAudit(
    tx,
    nobody,
    [shopper_id, username, email].flatMap((name) => name ?? []),
  );
  const addresses = email && !(await isShared(tx, email)) ? [email] : [];
  await leaveTraces(tx, keys, { account: shopper_id, addresses });
  return { nobody, sessions };
}
