import type { Action } from './catalog.ts';
import { findHashtags, foldTag } from './hashtags.ts';
import type { Post } from './post.ts';
import { type Quantity, readQuantity, TAG_MARK } from './quantity.ts';

/** What a reply asks for, as far as its own words say. */
export type Intent =
  | { kind: 'no_trigger' }
  | { kind: 'conflicting_tags' }
  | { kind: 'negated'; tag: string }
  | { kind: 'helped'; tag: string }
  | OrderIntent;

export interface OrderIntent {
  kind: 'order';
  tag: string;
  action: Action;
  quantity: Quantity;
}

/** Addresses, e-mail addresses and handles are nobody's words about an order. */
const ADDRESS = /https?:\/\/\S+/g;
/** Its parts are bounded, because the text may be hostile. */
const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const HANDLE = /[@＠](?<![\p{L}\p{N}._%+-][@＠])\w+/gu;

const NO = "(?:don['’]?t|do not|not|never|no|without)";
/** A "no" governs the tag when at most two words stand between: "please don't just #AddToCart". */
const NEGATED = [
  new RegExp(`(?<!\\p{L})${NO}\\s+(?:[\\p{L}'’]+\\s+){0,2}${TAG_MARK}`, 'u'),
  new RegExp(`${TAG_MARK}\\s+(?:is\\s+)?not\\s+(?:for\\s+me|working)`, 'u'),
];
const ASKS_ABOUT_TAG = new RegExp(
  `(?<!\\p{L})(?:how|what|why|does|is)(?!\\p{L})[^.!\\n${TAG_MARK}]{0,60}${TAG_MARK}[^.!\\n]{0,60}\\?`,
  'u',
);

/**
 * Reads a post by the tags of one merchant.
 *
 * @param tags the merchant's tags, folded
 */
export function readIntent(post: Post, tags: ReadonlyMap<string, Action>): Intent {
  const fired = post.tags.filter((tag) => tags.has(foldTag(tag)));
  const [tag] = fired;
  if (tag === undefined) return { kind: 'no_trigger' };
  const text = prepare(post.text, tags);
  if (NEGATED.some((pattern) => pattern.test(text))) return { kind: 'negated', tag };
  if (ASKS_ABOUT_TAG.test(text)) return { kind: 'helped', tag };
  const actions = new Set(fired.map((each) => tags.get(foldTag(each)) as Action));
  if (actions.size > 1) return { kind: 'conflicting_tags' };
  const [action] = actions as Set<Action>;
  return { kind: 'order', tag, action: action as Action, quantity: readQuantity(text) };
}

/** The text as the grammar reads it: lower case, the merchant's tags as marks, other tags and addresses blank. */
function prepare(text: string, tags: ReadonlyMap<string, Action>): string {
  let prepared = '';
  let end = 0;
  for (const found of findHashtags(text)) {
    prepared += `${text.slice(end, found.start)} ${tags.has(foldTag(found.tag)) ? TAG_MARK : ' '} `;
    end = found.end;
  }
  prepared = (prepared + text.slice(end))
    .normalize('NFKC')
    .toLowerCase()
    .replace(ADDRESS, ' ')
    .replace(HANDLE, ' ');
  return (prepared.includes('@') ? prepared.replace(EMAIL, ' ') : prepared)
    .replace(/[“”"]/g, ' ')
    .replace(/ {2,}/g, ' ');
}
