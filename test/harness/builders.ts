import { idAtTime } from '../../src/domain/snowflake.ts';

export const POST = {
  mug: '2080761390596595240',
  sticker: '2080761399291936296',
  mugAndTee: '2080761438420971048',
  tee: '2080761403639606824',
  ebook: '2080761421030288936',
  lamp: '2080761425377959464',
  poster: '2080761429725629992',
  cap: '2080761434073300520',
  rivalCup: '2080761473202335272',
};
export const SHOP = '1111111111111111111';

let posts = 0n;

/** An id of a post written now, later than every one before it in this process. */
export function newPostId(at = new Date('2026-11-22T12:00:00Z')): string {
  posts += 1n;
  return String(BigInt(idAtTime(at)) + posts);
}

export interface ReplyGiven {
  id?: string;
  text?: string;
  author?: string;
  /** The post that it replies to; null: it is no reply. */
  to?: string | null;
  quotes?: string;
  retweets?: string;
  conversation?: string;
  tags?: string[];
  mentions?: Array<{ id: string; username: string }>;
  /** The language that X takes it for. */
  lang?: string;
}

/** A reply as X's stream delivers it. */
export function aReply({
  id = newPostId(),
  text = '#AddToCart',
  author = '2222222222222222222',
  to = POST.mug,
  quotes,
  retweets,
  conversation,
  tags,
  mentions = [],
  lang,
}: ReplyGiven = {}) {
  const found = tags ?? [...text.matchAll(/#(\p{L}[\p{L}\p{N}_]*)/gu)].map((match) => match[1] as string);
  const references = [
    ...(to ? [{ type: 'replied_to', id: to }] : []),
    ...(quotes ? [{ type: 'quoted', id: quotes }] : []),
    ...(retweets ? [{ type: 'retweeted', id: retweets }] : []),
  ];
  const data = {
    id,
    text,
    author_id: author,
    created_at: '2026-11-22T12:00:00.000Z',
    edit_history_tweet_ids: [id],
    conversation_id: conversation ?? to ?? id,
    ...(references.length > 0 ? { referenced_tweets: references } : {}),
    ...(found.length + mentions.length > 0
      ? {
          entities: {
            hashtags: found.map((tag) => ({ start: 0, end: 1, tag })),
            ...(mentions.length > 0
              ? { mentions: mentions.map((mention) => ({ start: 0, end: 1, ...mention })) }
              : {}),
          },
        }
      : {}),
    ...(lang ? { lang } : {}),
  };
  return { data, matching_rules: [{ id: '1', tag: 'replycart' }] };
}
