import { z } from 'zod';
import { findHashtags } from '../domain/hashtags.ts';
import type { Post } from '../domain/post.ts';

const id = z.string().regex(/^[1-9]\d{0,18}$/, 'must be a post or user id');

const entities = z.object({
  hashtags: z.array(z.object({ tag: z.string() })).nullish(),
  urls: z.array(z.object({ expanded_url: z.string().nullish() })).nullish(),
});
const reference = z.object({ type: z.string(), id });
const note = z.object({ text: z.string(), entities: entities.nullish() });

/**
 * A post as X's v2 API writes it. X is renaming "tweet" to "post" in its payloads (OpenAPI 2.167): both names
 * are read. Fields come in any order, new ones may appear, any may be missing or null.
 */
const payload = z.object({
  id,
  author_id: id,
  text: z.string(),
  conversation_id: id.nullish(),
  in_reply_to_user_id: id.nullish(),
  entities: entities.nullish(),
  note_tweet: note.nullish(),
  note_post: note.nullish(),
  referenced_tweets: z.array(reference).nullish(),
  referenced_posts: z.array(reference).nullish(),
  edit_history_tweet_ids: z.array(id).nullish(),
  edit_history_post_ids: z.array(id).nullish(),
  lang: z.string().nullish(),
});

/** What a message of the stream holds besides the post, as far as anybody needs it. */
const message = z.object({ data: payload });

/** The fields that we ask X for: no expansions, which are billed as posts and users of their own. */
export const POST_FIELDS =
  'author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,note_tweet,referenced_tweets';

/** What X says where it knows no language: undetermined, only tags, only media. */
const NO_LANGUAGE = /^(und|zxx|art|q..)$/;

/** @throws z.ZodError that names what is wrong with the post */
export function readPost(data: unknown): Post {
  return toPost(payload.parse(data));
}

/** The post in a message as the stream delivers it, `{"data": …}`. @throws z.ZodError */
export function readMessage(body: unknown): Post {
  return toPost(message.parse(body).data);
}

/** A post as X writes it, but for all that nobody reads. */
export type Payload = z.infer<typeof payload>;

/**
 * The post in a message of the stream, without what is never read: where whom the text mentions, what its links show,
 * how often it was seen. It is others' data, and most of a message.
 *
 * @returns `undefined` for what is no post as we know them
 */
export const payloadOf = (body: unknown): Payload | undefined => message.safeParse(body).data?.data;

function toPost(data: Payload): Post {
  // A long post's `text` is cut, and its entities with it; the whole of it, with its own entities, is in the note.
  const long = data.note_tweet ?? data.note_post;
  const text = undoEscapes(long?.text ?? data.text);
  const { entities: own } = long ?? data;
  const { urls } = own ?? data.entities ?? {};
  const references = data.referenced_tweets ?? data.referenced_posts ?? [];
  const referred = (type: string) => references.find((each) => each.type === type)?.id;
  return {
    id: data.id,
    author_id: data.author_id,
    text,
    ...(urls?.length ? { links: urls.flatMap(({ expanded_url }) => expanded_url ?? []) } : {}),
    tags: (own ? (own.hashtags ?? []) : findHashtags(text)).map(({ tag }) => tag),
    parent_id: referred('replied_to'),
    parent_author_id: data.in_reply_to_user_id ?? undefined,
    quoted_id: referred('quoted'),
    retweet: referred('retweeted') !== undefined,
    conversation_id: data.conversation_id ?? undefined,
    edit_history: data.edit_history_tweet_ids ?? data.edit_history_post_ids ?? [data.id],
    lang: NO_LANGUAGE.test(data.lang ?? 'und') ? undefined : (data.lang ?? undefined),
  };
}

/** X escapes three characters in a post's text. */
function undoEscapes(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
