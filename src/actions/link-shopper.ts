import type { Context } from '../context.ts';
import { hashToken, type Keys, randomToken, sameText } from '../crypto.ts';
import { type Db, inTransaction } from '../db/database.ts';
import { askForCode, countTry, type EmailCode, findCode, proveEmail } from '../db/email-codes.ts';
import { addMail } from '../db/mails.ts';
import { openSession, type Shopper, saveConsent, saveShopper, waitingReplies } from '../db/shoppers.ts';
import { tellAnew } from '../db/untold-mails.ts';
import { inBatches } from '../domain/batches.ts';
import { MOST, queueMails } from '../queue.ts';
import type { XUser } from '../x/client.ts';
import { settleReplies } from './settle-replies.ts';
import { welcomeAddress } from './traces.ts';

/** The version of the text that shoppers agree to at /link: changes with the text (`texts.link`). */
export const CONSENT_VERSION = '2026-11';
const SESSION_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Ties an X account to what its owner told us, with their consent, and settles the replies that were kept for
 * them. Doing it again changes nothing but the handle.
 *
 * @param consent the text that they agreed to, and its language
 * @param browser their browser's language, where it is another
 * @returns the shopper, and the token of a session for their browser
 */
export async function linkShopper(
  context: Context,
  user: XUser,
  consent: { version: string; locale: string },
  browser = consent.locale,
): Promise<{ shopper: Shopper; session: string; expires_at: Date }> {
  const session = randomToken();
  const expires_at = new Date(context.now().getTime() + SESSION_DAYS * DAY_MS);
  const { shopper, mail_ids } = await inTransaction(context.db, async (tx) => {
    const saved = await saveShopper(tx, {
      x_user_id: user.id,
      username: user.username,
      email: user.confirmed_email ?? null,
      locale: browser,
    });
    await saveConsent(tx, { shopper_id: user.id, kind: 'linking', ...consent });
    if (saved.email) await welcomeAddress(tx, context.keys, saved.email);
    await openSession(tx, hashToken(session), user.id, expires_at);
    const reachable = saved.email !== null && saved.email_refused_at === null;
    const untold = reachable ? await tellAnew(tx, user.id, context.config.HELD_DAYS) : [];
    return { shopper: saved, mail_ids: untold };
  });
  await queueMails(context, mail_ids);
  await settleWaiting(context, user.id);
  return { shopper, session, expires_at };
}

/** Settles what was kept for a shopper until they linked. */
async function settleWaiting(context: Context, shopper_id: string): Promise<void> {
  const waiting = await waitingReplies(context.db, shopper_id, context.config.HELD_DAYS);
  for (const post_ids of inBatches(waiting, MOST.post_ids)) {
    const mail_ids = await settleReplies(context, post_ids, false, {
      later: (unclear) => context.queues.add('find-parents', { post_ids: unclear }),
    });
    await queueMails(context, mail_ids);
  }
}

/** Mails a code to an address that a shopper has typed. Returns false when that were too many for one day. */
export async function mailCode(context: Context, shopper_id: string, email: string): Promise<boolean> {
  const hash = (subject: string): string =>
    Buffer.from(context.keys.tokenFor('email code', subject), 'base64url').toString('hex');
  const hashes = { account: hash(`account ${shopper_id}`), address: hash(`address ${email.toLowerCase()}`) };
  const mail_id = await inTransaction(context.db, async (tx) => {
    const asked = await askForCode(tx, { shopper_id, email }, hashes);
    return asked && addMail(tx, { kind: 'code', shopper_id });
  });
  if (mail_id === undefined) return false;
  await queueMails(context, [mail_id]);
  return true;
}

/**
 * Makes a typed address the shopper's, if the code is the one that was mailed there. What they could not be told of
 * before is mailed there now.
 */
export async function confirmEmail(context: Context, shopper_id: string, code: string): Promise<boolean> {
  const mail_ids = await inTransaction(context.db, async (tx) => {
    const asked = await countTry(tx, shopper_id);
    if (!asked || !sameText(code.replace(/\D/g, ''), digitsOf(context.keys, asked))) return undefined;
    await proveEmail(tx, shopper_id, asked.email);
    await welcomeAddress(tx, context.keys, asked.email);
    return tellAnew(tx, shopper_id, context.config.HELD_DAYS);
  });
  if (mail_ids === undefined) return false;
  await queueMails(context, mail_ids);
  return true;
}

/** The code that was, or is to be, mailed to the address that a shopper has typed. It is stored nowhere. */
export async function emailCode(db: Db, keys: Keys, shopper_id: string): Promise<string> {
  const asked = await findCode(db, shopper_id);
  if (!asked) throw new Error('no address waits for a code');
  return digitsOf(keys, asked);
}

function digitsOf(keys: Keys, { shopper_id, email, expires_at }: EmailCode): string {
  const token = keys.tokenFor('email code', `${shopper_id} ${email} ${expires_at.toISOString()}`);
  const number = Buffer.from(token, 'base64url').readUIntBE(0, 6);
  return String(number % 1_000_000).padStart(6, '0');
}
