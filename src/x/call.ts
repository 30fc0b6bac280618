import { z } from 'zod';
import { readMessage } from './payload.ts';

const entities = z
  .object({ mentions: z.array(z.looseObject({ id: z.string().nullish(), username: z.string() })).nullish() })
  .nullish();
const message = z.object({
  data: z.object({
    entities,
    note_tweet: z.object({ entities }).nullish(),
    note_post: z.object({ entities }).nullish(),
  }),
});

/** Whom a post calls, and in which language. */
export interface Call {
  /** As X guesses it: "en". */
  language: string | undefined;
  /** Whether it names an account. Handles change owners: where X tells the number, only that counts. */
  names(account: { id: string; username: string }): boolean;
  /** The post that it quotes. */
  quoted_id: string | undefined;
}

/** Reads a message as the stream delivers it. @throws z.ZodError */
export function readCall(body: unknown): Call {
  const { lang, quoted_id } = readMessage(body);
  const { data } = message.parse(body);
  const own = [data.entities, data.note_tweet?.entities, data.note_post?.entities];
  const mentions = own.flatMap((each) => each?.mentions ?? []);
  return {
    language: lang,
    quoted_id,
    names: ({ id, username }) =>
      mentions.some((mention) =>
        mention.id ? mention.id === id : mention.username.toLowerCase() === username.toLowerCase(),
      ),
  };
}
