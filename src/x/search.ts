import { z } from 'zod';
import { inBatches } from '../domain/batches.ts';
import type { XClient } from './client.ts';
import { POST_FIELDS } from './payload.ts';

/** Recent search goes back this far. */
export const SEARCH_REACHES_BACK_MS = 7 * 86_400_000;
/** A query of recent search is at most this long, where a rule of the stream may have 1,024. */
export const QUERY_LENGTH = 512;
const PAGE = 100;

const page = z.object({
  data: z.array(z.looseObject({ id: z.string().regex(/^\d{1,19}$/) })).nullish(),
  meta: z.looseObject({ next_token: z.string().nullish() }).nullish(),
});

/** Posts of a time span, page by page. @throws XError */
export async function* searchRecent(
  x: XClient,
  query: string,
  span: { from: Date; to: Date },
): AsyncGenerator<Array<{ id: string }>> {
  let next_token: string | undefined;
  do {
    const answer = page.parse(
      await x.get('tweets/search/recent', {
        query,
        start_time: span.from.toISOString(),
        end_time: span.to.toISOString(),
        max_results: PAGE,
        'tweet.fields': POST_FIELDS,
        next_token,
      }),
    );
    if (answer.data?.length) yield answer.data;
    next_token = answer.meta?.next_token ?? undefined;
  } while (next_token !== undefined);
}

const posts = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        author_id: z.string().nullish(),
        conversation_id: z.string().nullish(),
        edit_history_tweet_ids: z.array(z.string()).nullish(),
        edit_history_post_ids: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});

export interface KnownPost {
  id: string;
  conversation_id: string | null;
  edit_history: string[];
}

const LOOKUP = 100;

/** What X knows of posts; those that are deleted or protected are left out. @throws XError */
export async function lookUpPosts(x: XClient, ids: string[]): Promise<KnownPost[]> {
  const found: KnownPost[] = [];
  for (const some of inBatches(ids, LOOKUP)) {
    const answer = await x.get('tweets', {
      ids: some.join(','),
      'tweet.fields': 'author_id,conversation_id,edit_history_tweet_ids',
    });
    for (const post of posts.parse(answer).data ?? []) {
      found.push({
        id: post.id,
        conversation_id: post.conversation_id ?? null,
        edit_history: post.edit_history_tweet_ids ?? post.edit_history_post_ids ?? [post.id],
      });
    }
  }
  return found;
}
