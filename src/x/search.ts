import { z } from 'zod';
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
