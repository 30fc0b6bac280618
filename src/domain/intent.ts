import { saysAlone } from './alone.ts';
import type { Action } from './catalog.ts';
import { foldTag } from './hashtags.ts';
import { hasRole, type Item, readItems } from './items.ts';
import { lexicon, type Role } from './lexicon.ts';
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
  | { kind: 'stop'; tag: string }
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
  const fired: Fired[] = [];
  for (const tag of post.tags) {
    const action = tags.get(foldTag(tag));
    if (action) fired.push({ tag, action });
  }
  const [first] = fired;
  if (!first) return { kind: 'no_trigger' };
  const stop = fired.find(({ action }) => action === 'stop');
  const { tag } = stop ?? first;
  const words = prepare(post.text, (each) => tags.has(each));
  if (mayTurn(words)) {
    const items = readItems(words, noVocabulary);
    if (saysAlone(items, 'stop')) return { kind: 'stop', tag };
    // Whoever says "stop" means it, whatever is said of other tags.
    const about = stop ? items.map((item) => unless(item, tags)) : items;
    if (isNegated(about, stop !== undefined)) return { kind: 'negated', tag };
    if (asksAboutTag(about) || saysAlone(about, 'help')) return { kind: 'helped', tag };
  }
  if (stop) return { kind: 'stop', tag };
  const meant = fired.length === 1 ? first : agreed(fired);
  return meant ? { kind: 'order', ...meant, words } : { kind: 'conflicting_tags' };
}

/** A tag of the merchant, as it was written. */
interface Fired {
  tag: string;
  action: Action;
}

/** What several tags ask for together; `undefined` where they contradict each other. */
function agreed(fired: Fired[]): Fired | undefined {
  const actions = new Set(fired.map(({ action }) => action));
  // To buy or to give is to add, and more.
  if (actions.size > 1 && !actions.has('remove')) actions.delete('add');
  return actions.size === 1 ? fired.find(({ action }) => actions.has(action)) : undefined;
}

/** Any tag but one that says "stop" is a word like others. */
const unless = (item: Item, tags: ReadonlyMap<string, Action>): Item =>
  item.kind === 'tag' && tags.get(item.tag) !== 'stop' ? { kind: 'word', glued: false } : item;

const TURNS: Role[] = ['no', 'noAfter', 'declines', 'instead', 'stop', 'askBefore', 'help'];
const ASKS: Role[] = ['ask', 'askAfter'];
const BEGINNINGS = lexicon.beginnings(({ roles }) =>
  roles.some((role) => [...TURNS, ...ASKS].includes(role)),
);

/** Whether a reply could be a denial, a question or a stop: most have none of their words. */
function mayTurn(words: Token[]): boolean {
  let mayAsk = words.every(({ text, tag }) => tag !== undefined || isMark(text));
  const turns = words.some(({ text, chatter }, at) => {
    if (chatter || !BEGINNINGS.has(text)) return false;
    const roles = lexicon.find(words, at)?.meaning.roles ?? [];
    if (TURNS.some((role) => roles.includes(role))) return true;
    if (!ASKS.some((role) => roles.includes(role))) return false;
    mayAsk = true;
    return !WORD.test(words[at - 1]?.text ?? 'a');
  });
  return turns || (mayAsk && words.some(({ text }) => text === '?' || text === '؟'));
}

const isMark = (text: string): boolean => /^[!?¿¡？！؟]$/u.test(text);

const WORD = /^[\p{L}\p{M}\d]/u;

const QUOTES = ['“', '”', '"', '«', '»', "'", '‘', '’', '「', '」'];
const isQuote = (item: Item | undefined): boolean => item?.kind === 'sign' && QUOTES.includes(item.text);

/**
 * Whether a "no" governs the tag: only words like "just" or "please" stand between.
 *
 * @param stop the tag says "stop" itself: "no" and "no, please" say the same
 */
function isNegated(items: Item[], stop: boolean): boolean {
  const passes = (item: Item | undefined): boolean =>
    isQuote(item) || ((hasRole(item, 'between') || hasRole(item, 'fillers')) && !hasRole(item, 'no'));
  return items.some((item, at) => {
    if (item.kind !== 'tag') return false;
    if (!stop && ([1, -1] as const).some((step) => hasRole(nextBut(items, at, step, isSign), 'declines')))
      return true;
    let before = at - 1;
    let polite = stop;
    for (; passes(items[before]); before -= 1)
      polite &&= isQuote(items[before]) || hasRole(items[before], 'units');
    if (hasRole(items[before], 'instead')) return true;
    if (hasRole(items[before], 'no')) return !(polite && hasRole(items[before], 'refusal'));
    if (!stop && isRefused(items, at)) return true;
    const beside = nextBut(items, at, 1, (each) => isQuote(each) || asks(each) || hasRole(each, 'between'));
    return hasRole(beside, 'noAfter');
  });
}

/** "#AddToCart? No.": a refusal behind the tag is a sentence. "No?" only asks for consent, and "no. 42" is a number. */
function isRefused(items: Item[], at: number): boolean {
  let next = at + 1;
  while (isSign(items[next])) next += 1;
  if (!hasRole(items[next], 'refusal')) return false;
  const [end, beyond] = [items[next + 1], items[next + 2]];
  return end === undefined || (isEnd(end) && !asks(end) && beyond?.kind !== 'number');
}

const isSign = (item: Item | undefined): boolean => item?.kind === 'sign';

/** The first item beside another one, to the left or to the right, but for some. */
function nextBut(
  items: Item[],
  at: number,
  step: 1 | -1,
  passes: (item: Item | undefined) => boolean,
): Item | undefined {
  let next = at + step;
  while (passes(items[next])) next += step;
  return items[next];
}

const ENDS_SENTENCE = /^[.!?？！。؟…]$/u;

/** Whether a question is about the tag itself: it begins before the tag, or right behind it, or nothing else is said. */
function asksAboutTag(items: Item[]): boolean {
  if (items.every((item) => item.kind === 'tag' || (item.kind === 'sign' && isMark(item.text))))
    return items.some(asks);
  // Whether this sentence has begun to ask, and whether a tag came after that.
  let [begun, asked] = [false, false];
  for (const [at, item] of items.entries()) {
    if (item.kind === 'tag') {
      const beside = (each: Item | undefined): boolean => isQuote(each) || (isSign(each) && !isEnd(each));
      if (hasRole(nextBut(items, at, 1, beside), 'askAfter')) return true;
      if (hasRole(nextBut(items, at, -1, isArticle), 'askBefore')) return true;
      asked ||= begun;
      begun = false;
    } else if (item.kind === 'sign' && ENDS_SENTENCE.test(item.text)) {
      if (asked && asks(item)) return true;
      begun = asked = false;
    } else begun ||= hasRole(item, 'ask') || hasRole(item, 'askAfter');
  }
  return false;
}

const asks = (item: Item | undefined): boolean => item?.kind === 'sign' && ASKS_BY_SIGN.test(item.text);
const ASKS_BY_SIGN = /^[?？؟]$/u;

/** "what is the #AddToCart" */
const isArticle = (item: Item | undefined): boolean =>
  isQuote(item) || (hasRole(item, 'fillers') && !hasRole(item, 'ask'));

const isEnd = (item: Item | undefined): boolean => item?.kind === 'sign' && ENDS_SENTENCE.test(item.text);
