import type { Context } from '../context.ts';
import { noteRest } from '../db/merchant-accounts.ts';
import {
  noteAsking,
  notePosted,
  noteUnsaid,
  putOff,
  stopPosting,
  type Turn,
  takeTurn,
} from '../db/public-replies.ts';
import type { UnsaidReason } from '../db/schema.ts';
import { grant, noteSpent } from '../db/spending.ts';
import type { Catalog, Merchant } from '../domain/catalog.ts';
import { isSensitive, variantOf } from '../domain/public-reply.ts';
import { textsFor } from '../views/texts.ts';
import { type Call, readCall } from '../x/call.ts';
import { XError } from '../x/errors.ts';
import { type Answer, findReply, postReply } from '../x/post-reply.ts';
import { MICRO_DOLLARS, PRICES } from '../x/prices.ts';
import { accessOf, loseAccess } from './merchant-account.ts';

type Needs = Pick<Context, 'db' | 'x' | 'keys' | 'log' | 'now' | 'config' | 'catalog'>;

const MINUTE_MS = 60_000;
/** X's search finds a post after some seconds. */
const SEARCHABLE_MS = MINUTE_MS;
/** How long X's rate limits, and refusals that may pass, are left alone. */
const QUARTER_MS = 15 * MINUTE_MS;

/**
 * Posts the oldest reply that a merchant's account has to post. No post is answered twice: where X's answer did not
 * come, it is looked for before X is asked again.
 *
 * @returns whether there may be more to post now
 */
export async function postPublicReply(context: Needs, account_id: string): Promise<boolean> {
  const { db, config } = context;
  const turn = await takeTurn(db, account_id);
  if (!turn) return false;
  const catalog = await context.catalog();
  const merchant = catalog?.merchants.get(turn.merchant_id);
  const call = turn.body === null ? undefined : readCall(JSON.parse(turn.body));
  const summoned =
    call !== undefined && merchant !== undefined && isSummoned(call, merchant, catalog as Catalog);
  const unsaid = catalog && whyUnsaid(turn, merchant, catalog, summoned || config.X_ENTERPRISE);
  if (!catalog || !merchant || !call || unsaid) {
    await noteUnsaid(db, turn.post_id, unsaid ?? 'withdrawn');
    return true;
  }
  if (turn.asked_at && !(await isMissing(context, turn))) return true;
  return say(context, turn, { merchant, call, summoned, sensitive: isSensitiveNow(turn, catalog) });
}

const isSensitiveNow = (turn: Turn, catalog: Catalog): boolean =>
  isSensitive({ outcome: 'held', merchant_id: turn.merchant_id, detail: turn.detail ?? {} }, catalog);

/** X lets an account reply only to who has named it, or has quoted a post of its own (X docs: manage posts). */
const isSummoned = (call: Call, { x_user_id, username }: Merchant, { offers, merchants }: Catalog): boolean =>
  call.names({ id: x_user_id, username }) ||
  (offers.get(call.quoted_id ?? '') ?? []).some(
    ({ merchant_id }) => merchants.get(merchant_id)?.x_user_id === x_user_id,
  );

/** Why it is not said after all: things may have changed since it was noted. */
function whyUnsaid(
  turn: Turn,
  merchant: Merchant | undefined,
  catalog: Catalog,
  mayReply: boolean,
): UnsaidReason | undefined {
  const isFirst = turn.kind === 'first_contact';
  if (!merchant || merchant.x_user_id !== turn.account_id) return 'withdrawn';
  if (isFirst ? merchant.first_contact === 'none' : merchant.acknowledge === 'none') return 'withdrawn';
  if (turn.kind === 'done' && merchant.acknowledge !== 'all') return 'withdrawn';
  if (turn.body === null) return 'too_late';
  if (turn.opted_out) return 'opted_out';
  if (isFirst && turn.linked) return 'linked';
  if (!isFirst && !turn.has_mail) return 'no_mail';
  if (!isFirst && isSensitiveNow(turn, catalog)) return 'sensitive';
  return mayReply ? undefined : 'not_summoned';
}

/** Looks whether X has posted it although its answer did not come. Notes it where it has, or where X cannot tell now. */
async function isMissing({ db, x, log, now }: Needs, turn: Turn): Promise<boolean> {
  try {
    const found = await findReply(x, turn.account_id, turn.post_id);
    if (found) {
      await notePosted(db, turn.post_id, found);
      await noteSpent(db, { what: 'replies', units: 1, price: PRICES.post_read });
    } else {
      await noteSpent(db, { what: 'replies', units: -1, price: priceOf(turn.with_link, true) });
    }
    return !found;
  } catch (error) {
    if (!(error instanceof XError)) throw error;
    log.warn({ err: error, post_id: turn.post_id }, 'X cannot tell whether a public reply is there');
    await putOff(db, turn.post_id, new Date(now().getTime() + QUARTER_MS), 'unknown');
    return false;
  }
}

interface Said {
  merchant: Merchant;
  call: Call;
  summoned: boolean;
  sensitive: boolean;
}

async function say(context: Needs, turn: Turn, said: Said): Promise<boolean> {
  const { db, x, now } = context;
  const { account_id, post_id } = turn;
  const later = (ms: number): Date => new Date(now().getTime() + ms);
  const access = await accessOf(context, account_id);
  if (access === 'signed_out' || access === 'later') {
    await putOff(db, post_id, later(MINUTE_MS));
    return false;
  }
  const form = await affordable(context, turn, said);
  if (!form) {
    await noteRest(db, account_id, later(QUARTER_MS));
    await putOff(db, post_id, now());
    return false;
  }
  const { text, with_link, price } = form;
  if (!(await noteAsking(db, post_id, with_link))) return true;
  let answer = await postReply(x.as(access.token), text, post_id);
  if (answer.kind === 'unauthorized') {
    const renewed = await accessOf(context, account_id, access.tokens);
    if (typeof renewed === 'object') {
      answer = await postReply(x.as(renewed.token), text, post_id);
      if (answer.kind === 'unauthorized') await loseAccess(context, account_id, renewed.tokens);
    }
  }
  if (answer.kind !== 'posted' && answer.kind !== 'unknown')
    await noteSpent(db, { what: 'replies', units: -1, price });
  return conclude(context, turn, answer);
}

/** Notes what X has made of it. @returns whether the account may go on */
async function conclude({ db, log, now }: Needs, turn: Turn, answer: Answer): Promise<boolean> {
  const { account_id, post_id } = turn;
  const later = (ms: number): Date => new Date(now().getTime() + ms);
  const end = async (reason: UnsaidReason): Promise<boolean> => {
    await noteUnsaid(db, post_id, reason);
    return true;
  };
  switch (answer.kind) {
    case 'posted':
      await notePosted(db, post_id, answer.id);
      if (answer.used_up_until) await noteRest(db, account_id, answer.used_up_until);
      return answer.used_up_until === undefined;
    case 'not_summoned':
    case 'gone':
      return end(answer.kind);
    case 'duplicate':
      // If X was asked before, it may well be that what it knows is this reply.
      if (turn.asked_at || turn.refusals >= MOST_TEXTS) return end('duplicate');
      await putOff(db, post_id, now(), 'refused');
      return true;
    case 'not_permitted':
      if (turn.refusals === 0) {
        await putOff(db, post_id, later(QUARTER_MS), 'refused');
        return true;
      }
      log.error(
        { account: account_id, post_id, why: answer.why },
        'X does not let a merchant’s account reply',
      );
      return end('not_permitted');
    case 'refused':
      log.error({ account: account_id, post_id, why: answer.why }, 'X does not take a public reply');
      return end('refused');
    case 'unauthorized':
      await putOff(db, post_id, later(MINUTE_MS));
      return false;
    case 'rate_limited':
      await noteRest(db, account_id, answer.until ?? later(QUARTER_MS));
      await putOff(db, post_id, now());
      return false;
    case 'stopped':
      await putOff(db, post_id, now());
      if (await stopPosting(db, answer.why))
        log.error({ why: answer.why }, 'nothing is posted any more until "replycart public resume"');
      return false;
    case 'unknown':
      log.warn({ account: account_id, post_id, why: answer.why }, 'X did not say whether a reply was posted');
      await putOff(db, post_id, later(SEARCHABLE_MS), 'unknown');
      return false;
  }
}

/** So many texts are tried before X's word that it has read them all is taken. */
const MOST_TEXTS = 4;

const priceOf = (with_link: boolean, summoned: boolean): number =>
  with_link ? PRICES.post_with_link : summoned ? PRICES.summoned_reply : PRICES.post;

/** What to say, as far as the day's budget allows: an address costs as much as twenty hints. */
async function affordable({ db, config }: Needs, turn: Turn, { merchant, call, summoned, sensitive }: Said) {
  const texts = textsFor(call.language, merchant.locale).public;
  const pick = (some: string[]): string => variantOf(some, turn.post_id, turn.refusals);
  const url = `${config.PUBLIC_URL}/link`;
  const forms =
    turn.kind !== 'first_contact'
      ? [{ text: pick(texts[turn.kind]), with_link: false }]
      : [
          ...(merchant.first_contact === 'link' && !sensitive
            ? [{ text: pick(texts.link.map((write) => write(url))), with_link: true }]
            : []),
          { text: pick(texts.hint), with_link: false },
        ];
  const budget = config.X_DAILY_BUDGET_USD * MICRO_DOLLARS;
  for (const form of forms) {
    const price = priceOf(form.with_link, summoned);
    const { granted } = await grant(db, { what: 'replies', units: 1, price, budget });
    if (granted === 1) return { ...form, price };
  }
  return undefined;
}
