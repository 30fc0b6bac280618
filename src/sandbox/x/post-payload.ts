import { type Entities, entitiesBefore, escapeText, lengthAsSent } from './entities.ts';
import { fieldNamed } from './fields.ts';
import { editControls } from './post-changes.ts';
import { cutTo, LONGEST_TEXT, weightOf } from './post-length.ts';
import type { Post } from './posts.ts';
import { ownWordsBegin } from './reply-text.ts';
import type { XState } from './state.ts';

type Posts = Pick<XState, 'posts' | 'clock'>;
/** What X puts in place of the end of a long post: three dots and an address, 23 by X's count. */
const ENDING_WEIGHT = 2 + 1 + 23;

/** A post as the API sends it, with the named fields. Those without a value are left out. */
export function postPayload(state: Posts, post: Post, fields: string[]): Record<string, unknown> {
  const values = fields.map((name) => [name, VALUES[fieldNamed(name)]?.(post, state)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

const VALUES: Record<string, (post: Post, state: Posts) => unknown> = {
  id: (post) => post.id,
  text: (post) => escapeText(shown(post).text),
  edit_history_tweet_ids: (post) => post.edit_history,
  author_id: (post) => post.author_id,
  attachments: (post) =>
    post.media.length > 0
      ? { media_keys: post.media.map((_, n) => `3_${BigInt(post.id) + BigInt(n)}`) }
      : undefined,
  conversation_id: (post) => post.conversation_id,
  created_at: (post) => post.created_at,
  display_text_range: (post) => [
    lengthAsSent(post.text.slice(0, ownWordsBegin(post))),
    lengthAsSent(shown(post).text),
  ],
  edit_controls: (post, state) => editControls(state, post),
  entities: (post) => unlessEmpty(shown(post).entities),
  in_reply_to_user_id: (post) => post.in_reply_to_user_id ?? undefined,
  lang: (post) => post.lang,
  note_tweet: (post) =>
    isLong(post)
      ? { text: escapeText(post.text), ...(unlessEmpty(post.entities) && { entities: post.entities }) }
      : undefined,
  paid_partnership: () => false,
  possibly_sensitive: () => false,
  public_metrics: metrics,
  referenced_tweets: (post) => {
    const references = [
      { type: 'retweeted', id: post.retweet_of },
      { type: 'quoted', id: post.quote_of },
      { type: 'replied_to', id: post.reply_to },
    ].filter(({ id }) => id !== null);
    return references.length > 0 ? references : undefined;
  },
  reply_settings: (post) => post.reply_settings,
};

const isLong = (post: Post): boolean => post.retweet_of === null && weightOf(post.text) > LONGEST_TEXT;

const unlessEmpty = (entities: Entities): Entities | undefined =>
  Object.keys(entities).length > 0 ? entities : undefined;

/** The text as it fits into `text`: a long post is cut and ends with its own address. */
function shown(post: Post): { text: string; entities: Entities } {
  if (!isLong(post)) return post;
  const kept = `${cutTo(post.text, LONGEST_TEXT - ENDING_WEIGHT).trimEnd()}…`;
  const address = `https://t.co/${BigInt(post.id).toString(36).slice(-10)}`;
  const start = lengthAsSent(kept) + 1;
  const link = {
    start,
    end: start + address.length,
    url: address,
    expanded_url: `https://x.com/i/web/status/${post.id}`,
    display_url: `${`x.com/i/web/status/${post.id}`.slice(0, 26)}…`,
  };
  const entities = entitiesBefore(post.entities, start - 2);
  return { text: `${kept} ${address}`, entities: { ...entities, urls: [...(entities.urls ?? []), link] } };
}

function metrics(post: Post, state: Posts): Record<string, number> {
  const chain = new Set(post.edit_history);
  const live = state.posts.values().filter((other) => other.deleted_at === null);
  const count = (reference: 'reply_to' | 'retweet_of' | 'quote_of'): number =>
    live.filter((other) => chain.has(other[reference] ?? '')).length;
  return {
    retweet_count: count('retweet_of'),
    reply_count: count('reply_to'),
    like_count: 0,
    quote_count: count('quote_of'),
    bookmark_count: 0,
    impression_count: 0,
  };
}
