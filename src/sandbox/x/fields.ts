import { z } from 'zod';

/** Fields of a post, by the names that the streams use (X docs: data dictionary; OpenAPI 2.167). */
const POST_FIELDS = [
  'article',
  'article_title',
  'attachments',
  'author_id',
  'card_uri',
  'community_id',
  'context_annotations',
  'conversation_id',
  'created_at',
  'display_text_range',
  'edit_controls',
  'edit_history_tweet_ids',
  'entities',
  'geo',
  'id',
  'in_reply_to_user_id',
  'lang',
  'note_tweet',
  'paid_partnership',
  'possibly_sensitive',
  'public_metrics',
  'referenced_tweets',
  'reply_settings',
  'scopes',
  'source',
  'text',
  'withheld',
];

const USER_FIELDS = [
  'confirmed_email',
  'created_at',
  'description',
  'entities',
  'id',
  'location',
  'name',
  'profile_image_url',
  'protected',
  'public_metrics',
  'url',
  'username',
  'verified',
  'verified_type',
  'withheld',
];

const EXPANSIONS = [
  'author_id',
  'in_reply_to_user_id',
  'referenced_tweets.id',
  'referenced_tweets.id.author_id',
];

/** X is renaming "tweet" to "post". The new names mean the same. */
const OLD_NAMES: Record<string, string> = {
  note_post: 'note_tweet',
  edit_history_post_ids: 'edit_history_tweet_ids',
  referenced_posts: 'referenced_tweets',
};

/** The name by which the stand-in knows a field of a post. */
export const fieldNamed = (name: string): string => OLD_NAMES[name] ?? name;

const expansionNamed = (name: string): string =>
  name === 'referenced_posts' ? 'referenced_tweets.id' : name;

const listOf = (parameter: string, known: string[], named = (name: string) => name) =>
  z
    .string()
    .transform((value, ctx) => {
      const names = value.split(',').map((name) => name.trim());
      const unknown = names.find((name) => !known.includes(named(name)));
      if (unknown !== undefined)
        ctx.addIssue({
          code: 'custom',
          message: `The \`${parameter}\` query parameter value [${unknown}] is not one of [${known.join(',')}]`,
        });
      return names;
    })
    .optional();

/** The query parameters by which a client says what it wants to see of posts. */
export const postFieldsQuery = {
  'tweet.fields': listOf('tweet.fields', POST_FIELDS, fieldNamed),
  'post.fields': listOf('post.fields', POST_FIELDS, fieldNamed),
};

/** The query parameters by which a client says what it wants to see of users. */
export const userFieldsQuery = { 'user.fields': listOf('user.fields', USER_FIELDS) };

/** Asks for the users and posts that a post refers to. */
export const expansionsQuery = { expansions: listOf('expansions', EXPANSIONS, expansionNamed) };

/** What a client wants to see. */
export interface Wanted {
  /** Names as the client wrote them: `referenced_posts` is answered as `referenced_posts`. */
  post: string[];
  user: string[];
  expansions: string[];
}

type Query = Partial<Record<'tweet.fields' | 'post.fields' | 'user.fields' | 'expansions', string[]>>;

/** What X sends always, and what the query asks for besides. */
export function wantedOf(query: Query): Wanted {
  const history =
    query['post.fields'] && !query['tweet.fields'] ? 'edit_history_post_ids' : 'edit_history_tweet_ids';
  return {
    post: [
      ...new Set(['id', 'text', history, ...(query['tweet.fields'] ?? []), ...(query['post.fields'] ?? [])]),
    ],
    user: [...new Set(['id', 'name', 'username', ...(query['user.fields'] ?? [])])],
    expansions: (query.expansions ?? []).map(expansionNamed),
  };
}
