import { z } from 'zod';
import { inBatches } from '../domain/batches.ts';
import type { Post } from '../domain/post.ts';
import type { XClient } from './client.ts';
import { XError } from './errors.ts';
import { POST_FIELDS, readPost } from './payload.ts';

/** X looks up so many posts with one request (X docs: post lookup). */
export const LOOKUP = 100;

const answer = z.object({ data: z.array(z.unknown()).nullish() });

/**
 * What X knows of posts, by the ids that were asked for: it may answer with another id of an edited post. Those that
 * are deleted or protected are left out.
 *
 * @throws XError
 */
export async function lookUpPosts(x: XClient, ids: string[]): Promise<Map<string, Post>> {
  const found = new Map<string, Post>();
  for (const some of inBatches(ids, LOOKUP)) {
    const told = answer.safeParse(
      await x.get('tweets', { ids: some.join(','), 'tweet.fields': POST_FIELDS }),
    );
    if (!told.success)
      throw new XError('unavailable', `X answered with no posts: ${told.error.message}`, {
        cause: told.error,
      });
    const posts = (told.data.data ?? []).flatMap((data) => readOrSkip(data) ?? []);
    for (const id of some) {
      const post =
        posts.find((each) => each.id === id) ?? posts.find((each) => each.edit_history.includes(id));
      if (post) found.set(id, post);
    }
  }
  return found;
}

/** X might show something that is no post as we know them: as good as nothing. */
function readOrSkip(data: unknown): Post | undefined {
  try {
    return readPost(data);
  } catch {
    return undefined;
  }
}
