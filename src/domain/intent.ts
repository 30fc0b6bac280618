import type { Action } from './catalog.ts';
import { foldTag } from './hashtags.ts';
import { hasRole, type Item, readItems } from './items.ts';
import { lexicon } from './lexicon.ts';
import { noVocabulary } from './options.ts';
import type { Post } from './post.ts';
import { prepare } from './prepare.ts';
import type { Token } from './tokens.ts';

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
  /** The reply's words, for whoever knows what the product's options are called. */
  words: Token[];
}

/**
 * Reads a post by the tags of one merchant.
 *
 * @param tags the merchant's tags, folded
 */
export function readIntent(post: Post, tags: ReadonlyMap<string, Action>): Intent {
  const fired = post.tags.filter((tag) => tags.has(foldTag(tag)));
  const [tag] = fired;
  if (tag === undefined) return { kind: 'no_trigger' };
  const words = prepare(post.text, (each) => tags.has(each));
  if (mayTurn(words)) {
    const items = readItems(words, noVocabulary);
    if (isNegated(items)) return { kind: 'negated', tag };
    if (asksAboutTag(items)) return { kind: 'helped', tag };
  }
  const actions = new Set(fired.map((each) => tags.get(foldTag(each)) as Action));
  if (actions.size > 1) return { kind: 'conflicting_tags' };
  const [action] = actions as Set<Action>;
  return { kind: 'order', tag, action: action as Action, words };
}

const DENIALS = lexicon.beginnings(({ roles }) => roles.includes('no') || roles.includes('noAfter'));
const QUESTIONS = lexicon.beginnings(({ roles }) => roles.includes('ask') || roles.includes('askAfter'));

/** Whether a reply could be a denial or a question: most have none of their words. */
function mayTurn(words: Token[]): boolean {
  let asks = false;
  for (const [at, { text, chatter }] of words.entries()) {
    if (chatter) continue;
    if (DENIALS.has(text)) return true;
    if (!QUESTIONS.has(text)) continue;
    if (!WORD.test(words[at - 1]?.text ?? 'a')) return true;
    asks = true;
  }
  return asks && words.some(({ text }) => text === '?' || text === '؟');
}

const WORD = /^[\p{L}\p{M}\d]/u;

const QUOTES = ['“', '”', '"', '«', '»', "'", '‘', '’', '「', '」'];
const isQuote = (item: Item | undefined): boolean => item?.kind === 'sign' && QUOTES.includes(item.text);

/** Whether a "no" governs the tag: only words like "just" or "please" stand between. */
function isNegated(items: Item[]): boolean {
  const passes = (item: Item | undefined): boolean =>
    isQuote(item) || ((hasRole(item, 'between') || hasRole(item, 'fillers')) && !hasRole(item, 'no'));
  return items.some((item, at) => {
    if (item.kind !== 'tag') return false;
    let before = at - 1;
    while (passes(items[before])) before -= 1;
    if (hasRole(items[before], 'no')) return true;
    let behind = at + 1;
    while (isQuote(items[behind]) || hasRole(items[behind], 'between')) behind += 1;
    return hasRole(items[behind], 'noAfter');
  });
}

const ENDS_SENTENCE = /^[.!?？！。؟…]$/u;

/** Whether a question is about the tag itself: it begins before the tag, or right behind it. */
function asksAboutTag(items: Item[]): boolean {
  // Whether this sentence has begun to ask, and whether a tag came after that.
  let [asks, asked] = [false, false];
  for (const [at, item] of items.entries()) {
    if (item.kind === 'tag') {
      let behind = at + 1;
      while (isQuote(items[behind]) || (items[behind]?.kind === 'sign' && !isEnd(items[behind]))) behind += 1;
      if (hasRole(items[behind], 'askAfter')) return true;
      asked ||= asks;
      asks = false;
    } else if (item.kind === 'sign' && ENDS_SENTENCE.test(item.text)) {
      if (asked && /^[?？؟]$/.test(item.text)) return true;
      asks = asked = false;
    } else asks ||= hasRole(item, 'ask') || hasRole(item, 'askAfter');
  }
  return false;
}

const isEnd = (item: Item | undefined): boolean => item?.kind === 'sign' && ENDS_SENTENCE.test(item.text);
