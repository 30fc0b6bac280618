import type { Random } from './random.ts';
import { timeOfPost } from './snowflake.ts';

export interface PostGiven {
  id: string;
  author: string;
  text: string;
  lang: string;
  refersTo?: { type: 'replied_to' | 'quoted' | 'retweeted'; id: string };
  conversation?: string;
  /** Whom the text begins with, for a reply. */
  to?: { userId: string; handle: string };
}

const HASHTAG = /[#＃]([\p{L}\p{N}\p{M}_]+)/gu;
const codePoints = (text: string): number => [...text].length;
const PAGES = [
  'glazes-and-how-they-run',
  'behind-the-kiln',
  'autumn-lookbook',
  'studio-notes',
  'how-it-is-made',
];

/** A message of the stream, as X writes it: 1 to 1.5 kB, most of it things that matter to nobody here. */
export function postLine(
  random: Random,
  { id, author, text, lang, refersTo, conversation, to }: PostGiven,
): string {
  const at = timeOfPost(id);
  const link = random.happens(0.6) ? aLink(random) : undefined;
  const full = link ? `${text} ${link.url}` : text;
  const count = {
    retweet_count: 0,
    reply_count: random.below(3),
    like_count: random.below(40),
    quote_count: 0,
  };
  const data = {
    author_id: author,
    conversation_id: conversation ?? id,
    created_at: at.toISOString(),
    edit_controls: {
      edits_remaining: 5,
      is_edit_eligible: false,
      editable_until: new Date(at.getTime() + 3_600_000).toISOString(),
    },
    edit_history_tweet_ids: [id],
    entities: {
      annotations: Array.from({ length: link ? 1 : 3 }, () => anAnnotation(random)),
      hashtags: hashtagsIn(full),
      ...(to
        ? { mentions: [{ start: 0, end: to.handle.length + 1, username: to.handle, id: to.userId }] }
        : {}),
      ...(link ? { urls: [{ start: codePoints(text) + 1, end: codePoints(full), ...link }] } : {}),
    },
    id,
    ...(to ? { in_reply_to_user_id: to.userId } : {}),
    lang,
    possibly_sensitive: false,
    public_metrics: { ...count, bookmark_count: random.below(5), impression_count: random.below(4000) },
    ...(refersTo ? { referenced_tweets: [refersTo] } : {}),
    reply_settings: 'everyone',
    text: full.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  };
  return JSON.stringify({ data, matching_rules: [{ id: '1273026480692322304', tag: 'replycart' }] });
}

function hashtagsIn(text: string): Array<{ start: number; end: number; tag: string }> {
  return [...text.matchAll(HASHTAG)].map((match) => {
    const start = codePoints(text.slice(0, match.index));
    return { start, end: start + codePoints(match[0]), tag: match[1] as string };
  });
}

const anAnnotation = (random: Random) => ({
  start: 0,
  end: 9,
  probability: random.below(10_000) / 10_000,
  type: 'Product',
  normalized_text: random.pick(PAGES),
});

const LETTERS = [...'abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ'];

function aLink(random: Random) {
  const key = Array.from({ length: 10 }, () => random.pick(LETTERS)).join('');
  const page = random.pick(PAGES);
  return {
    url: `https://t.co/${key}`,
    expanded_url: `https://journal.shops.example/${page}`,
    display_url: `journal.shops.example/${page.slice(0, 12)}…`,
    status: 200,
    title: `${page.replaceAll('-', ' ')}: from the journal`,
    unwound_url: `https://journal.shops.example/${page}`,
  };
}
