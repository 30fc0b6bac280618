import { z } from 'zod';

const entities = z.object({
  mentions: z.array(z.looseObject({ id: z.string().nullish(), username: z.string() })).nullish(),
});
const references = z.array(z.object({ type: z.string(), id: z.string() })).nullish();
const message = z.object({
  data: z.object({
    lang: z.string().nullish(),
    entities: entities.nullish(),
    note_tweet: z.object({ entities: entities.nullish() }).nullish(),
    note_post: z.object({ entities: entities.nullish() }).nullish(),
    referenced_tweets: references,
    referenced_posts: references,
  }),
});

/** Whom a post calls, and in which language. */
export interface Call {
  /** As X guesses it: "en", or "und" and the like where it cannot. */
  language: string | undefined;
  /** Whether it names an account. Handles change owners: where X tells the number, only that counts. */
  names(account: { id: string; username: string }): boolean;
  /** The post that it quotes. */
  quoted_id: string | undefined;
}

/** Reads a message as the stream delivers it. @throws z.ZodError */
export function readCall(body: unknown): Call {
  const { data } = message.parse(body);
  const own = [data.entities, data.note_tweet?.entities, data.note_post?.entities];
  const mentions = own.flatMap((each) => each?.mentions ?? []);
  const referred = data.referenced_tweets ?? data.referenced_posts ?? [];
  return {
    language: data.lang ?? undefined,
    names: ({ id, username }) =>
      mentions.some((mention) =>
        mention.id ? mention.id === id : mention.username.toLowerCase() === username.toLowerCase(),
      ),
    quoted_id: referred.find(({ type }) => type === 'quoted')?.id,
  };
}
