import type { Context } from '../context.ts';
import { type Db, inTransaction } from '../db/database.ts';
import {
  endRefreshing,
  lockAccount,
  loseAccount,
  noteRefreshing,
  saveAccount,
} from '../db/merchant-accounts.ts';
import type { Tokens, XUser } from '../x/client.ts';
import { XError } from '../x/errors.ts';

type Needs = Pick<Context, 'db' | 'x' | 'keys' | 'log' | 'now'>;

/** Access tokens that end so soon are renewed before they are used. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** After so long nobody waits for X's answer any more: who asked has died. */
const ANSWER_MS = 2 * 60_000;

/** Keeps the tokens of a merchant who has signed in. */
export async function signInMerchant({ db, keys }: Needs, user: XUser, tokens: Tokens): Promise<void> {
  const account = { x_user_id: user.id, username: user.username, ...sealed(keys, tokens) };
  await inTransaction(db, (tx) => saveAccount(tx, account));
}

/** Forgets a merchant's tokens, and gives them back to X. */
export async function signOutMerchant({ db, x, keys, log }: Needs, x_user_id: string): Promise<void> {
  const tokens = await inTransaction(db, (tx) => loseAccount(tx, x_user_id, 'signed out'));
  if (!tokens) return;
  try {
    await x.revoke(open(keys, tokens).refresh);
  } catch (error) {
    log.warn({ err: error, account: x_user_id }, 'X did not take the tokens back; they are forgotten here');
  }
}

/** What comes of asking for an access token: `later`: somebody else is renewing it, or X cannot be reached. */
export type Access = { token: string; tokens: string } | 'signed_out' | 'later';

/**
 * An access token of an account, renewed where it ends soon. A refresh token is good once, and X ends everything when it
 * sees one again: that it is shown is noted before, the new pair is kept before it is used, and where X's answer
 * does not come the merchant has to sign in again.
 *
 * @param refused tokens whose access token X does not take, although it has not ended
 */
export async function accessOf(context: Needs, x_user_id: string, refused?: string): Promise<Access> {
  const { db, x, keys, log, now } = context;
  const found = await inTransaction(db, async (tx) => {
    const account = await lockAccount(tx, x_user_id);
    if (!account?.tokens) return 'signed_out' as const;
    const { tokens, refreshing_at } = account;
    const isGood = account.expires_at.getTime() - now().getTime() > RENEW_BEFORE_MS && tokens !== refused;
    if (isGood) return { tokens, renew: false };
    if (refreshing_at === null) {
      await noteRefreshing(tx, x_user_id);
      return { tokens, renew: true };
    }
    return now().getTime() - refreshing_at.getTime() < ANSWER_MS ? ('later' as const) : ('lost' as const);
  });
  if (found === 'signed_out' || found === 'later') return found;
  if (found === 'lost') return lose(context, x_user_id, UNANSWERED);
  const { tokens, renew } = found;
  if (!renew) return { token: open(keys, tokens).access, tokens };
  try {
    const renewed = sealed(keys, await x.refresh(open(keys, tokens).refresh));
    await endRefreshing(db, x_user_id, renewed);
    return { token: open(keys, renewed.tokens).access, tokens: renewed.tokens };
  } catch (error) {
    if (!(error instanceof XError)) throw error;
    log.warn({ err: error, account: x_user_id }, 'X did not renew the tokens of a merchant');
    if (error.kind === 'rate_limited' || wasNeverSent(error)) {
      await endRefreshing(db, x_user_id);
      return 'later';
    }
    const unanswered = error.kind === 'unavailable';
    return lose(context, x_user_id, unanswered ? UNANSWERED : 'X does not know the sign-in any more');
  }
}

/** Notes that X takes these tokens no longer, whatever they say of themselves. */
export const loseAccess = ({ db }: { db: Db }, x_user_id: string, tokens: string): Promise<unknown> =>
  inTransaction(db, (tx) => loseAccount(tx, x_user_id, 'X does not take the sign-in any more', tokens));

const UNANSWERED = 'X did not answer when the sign-in was to be renewed';

async function lose({ db, log }: Needs, x_user_id: string, why: string): Promise<'signed_out'> {
  await inTransaction(db, (tx) => loseAccount(tx, x_user_id, why));
  log.error(
    { account: x_user_id, why },
    'a merchant has to sign in again: nothing is said in public for them',
  );
  return 'signed_out';
}

/** The connection was refused: X has seen nothing. */
const wasNeverSent = ({ cause }: XError): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes((cause as { code?: string } | undefined)?.code ?? '');

function sealed(keys: Needs['keys'], { access, refresh, expires_at }: Tokens) {
  return { tokens: keys.seal('merchant tokens', JSON.stringify({ access, refresh })), expires_at };
}

/** @throws an Error where SECRET_KEY has changed and the old one is not named any more */
function open(keys: Needs['keys'], tokens: string): Pick<Tokens, 'access' | 'refresh'> {
  const text = keys.unseal('merchant tokens', tokens);
  if (text === undefined) throw new Error('the tokens of a merchant were sealed under another SECRET_KEY');
  return JSON.parse(text);
}
