import { z } from 'zod';
import type { XAccount, XClient } from './client.ts';
import { XError } from './errors.ts';

/**
 * What X makes of a reply that is to be posted (X docs: manage posts; its refusals are known by their words only).
 * not_summoned: the author of the post has not called the account. gone: the post is deleted or hidden. stopped:
 * nothing can be posted by anybody until the operator acts. unknown: it may have been posted.
 */
export type Answer =
  | { kind: 'posted'; id: string; used_up_until: Date | undefined }
  | {
      kind: 'not_summoned' | 'gone' | 'duplicate' | 'not_permitted' | 'refused' | 'unauthorized';
      why: string;
    }
  | { kind: 'rate_limited'; until: Date | undefined; why: string }
  | { kind: 'stopped' | 'unknown'; why: string };

const posted = z.object({ data: z.object({ id: z.string().regex(/^\d{1,19}$/) }) });

/** Who may reply is restricted, or the account was not called: the two have words in common. */
const NOT_SUMMONED =
  /mentioned or otherwise engaged|where you are mentioned or are the author|(quoting this post|reply to this conversation) is not allowed|restricted who can reply/i;
const GONE = /deleted or not visible|has been deleted/i;
const DUPLICATE = /duplicate content|status is a duplicate/i;
const APP_AT_FAULT = /client forbidden|unsupported authentication|oauth1.{0,12}permissions/i;

/** Replies to a post, by an account. Never throws. */
export async function postReply(account: XAccount, text: string, post_id: string): Promise<Answer> {
  try {
    const { answer, used_up_until } = await account.post('tweets', {
      text,
      reply: { in_reply_to_tweet_id: post_id },
    });
    const { data } = posted.parse(answer);
    return { kind: 'posted', id: data.id, used_up_until };
  } catch (error) {
    return error instanceof XError
      ? readAnswer(error)
      : { kind: 'unknown', why: 'X answered without a post' };
  }
}

function readAnswer({ kind, message: why, retryAt: until }: XError): Answer {
  switch (kind) {
    case 'rate_limited':
      return { kind, until, why };
    case 'no_credits':
      return { kind: 'stopped', why };
    case 'unauthorized':
      return { kind, why };
    case 'unavailable':
      return { kind: 'unknown', why };
    case 'not_found':
      return { kind: 'gone', why };
    default:
      if (NOT_SUMMONED.test(why)) return { kind: 'not_summoned', why };
      if (GONE.test(why)) return { kind: 'gone', why };
      if (DUPLICATE.test(why)) return { kind: 'duplicate', why };
      if (APP_AT_FAULT.test(why)) return { kind: 'stopped', why };
      return { kind: kind === 'forbidden' ? 'not_permitted' : 'refused', why };
  }
}

const page = z.object({ data: z.array(z.looseObject({ id: z.string() })).nullish() });

/** The account's reply to a post, if search finds one: what was posted in the last minute it may not find. @throws XError */
export async function findReply(
  x: Pick<XClient, 'get'>,
  account_id: string,
  post_id: string,
): Promise<string | undefined> {
  const query = `from:${account_id} in_reply_to_tweet_id:${post_id}`;
  const { data } = page.parse(await x.get('tweets/search/recent', { query, max_results: 10 }));
  return data?.[0]?.id;
}
