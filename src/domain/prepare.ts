import { findHashtags, foldTag } from './hashtags.ts';
import { isChatter } from './lexicon.ts';
import { fold, TAG_MARK, type Token, tokenize } from './tokens.ts';

/** Addresses, e-mail addresses and handles are nobody's words about an order. Their parts are bounded: the text may be hostile. */
const LINK = /https?:\/\/\S+/giu;
/** None begins within a number: 1,250.50/month is an amount. */
const DOMAIN = /(?<![\p{L}\p{N}._%+@-]|\d,)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}\/\S*/gu;
const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const HANDLE = /[@＠](?<![\p{L}\p{N}._%+-][@＠])\w+/gu;

/** Numbers that count something else by their signs: money, percentages, times, ordinals, dates, marks out of ten. */
const NOT_COUNTS = [
  /[$€£¥₩₹₺₽]\s?\d[\d.,]*/g,
  /(?<![\d.,])\d[\d.,]*\s?[$€£¥₩₹₺₽%٪]/g,
  /(?<![\d.,])\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?(?!\d)/g,
  // 34A is a size.
  /(?<![\d.,])(?:\d+(?:st|nd|rd|th|er|ere|eme)|(?:1?\d|20)[oa])(?![\p{L}\p{N}])/gu,
  /(?<![\d.,])\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)/g,
  /(?<![\d./])(?:\d{1,2}\/10|24\/7|50\/50)(?![\d/])/g,
  /第\s?\d+/g,
  // Days of a month, years, feet and inches, faces, cries, telephones.
  /(?<![\d.,])\d{1,2}\.\d{1,2}\.(?!\d)/g,
  /(?<![\p{L}\p{N}])'\d\d(?![\d'])/gu,
  /(?<![\d.,])\d'\s?\d{1,2}"?(?!\d)/g,
  /(?<=\s)[:;]-?3(?!\d)|\^3\^/g,
  /(?<=!)1+(?!\d)/g,
  /\(\d{3,5}\)[ -]?\d[\d -]{3,12}\d/g,
  /\+\d[\d ().-]{6,18}\d/g,
];
/** "42 1/2" */
const HALF = /(?<=(?<![\d.,/])\d{1,3})\s1\/2(?![\d/])/g;
/** What says so about a number that a space parts from it. */
const REACHES = /[$€£¥₩₹₺₽%٪第]|^[ap]\.?m|^ ?1\/2|\(\d{3,5}\)$|\+\d|^[:;]-?3$/;

/** Some of a post's text. */
interface Part {
  /** Each hashtag is one of them, with its tag. */
  tokens: Token[];
  /** Holds digits. */
  counts: boolean;
  /** May say something about a number in the part beside it. */
  reaches: boolean;
}

/**
 * A post's words as the grammar reads them: the tags that count as marks, other tags, handles and addresses gone.
 *
 * @param isTrigger whether a hashtag, folded, is one that counts
 */
export function prepare(text: string, isTrigger: (tag: string) => boolean): Token[] {
  const tokens: Token[] = [];
  for (const part of partsOf(text)) {
    for (const token of part.tokens) if (token.tag === undefined || isTrigger(token.tag)) tokens.push(token);
  }
  return tokens;
}

/** The same for who gives money: numbers that are amounts are left in, and all others, too. */
export function prepareAmounts(text: string, isTrigger: (tag: string) => boolean): Token[] {
  const { tokens } = readPart(text, true);
  return tokens.filter(({ tag }) => tag === undefined || isTrigger(tag));
}

/** What people say repeats itself: what stands between two spaces is read once. */
const known = new Map<string, Part>();
const MOST_KNOWN = 5_000;
/** Whoever keeps a word in mind keeps the text that it was cut from. */
const LONG_TEXT = 1_000;
const LONG_PART = 40;

const ADDRESS = /^https?:\/\/[!-~]*$/;
const NOTHING: Part = { tokens: [], counts: false, reaches: false };

function partsOf(text: string): Part[] {
  if (text.length > LONG_TEXT) return [readPart(text)];
  const parts = text.split(' ').map(knownPart);
  const together = parts.some((part) => part.reaches) && parts.some((part) => part.counts);
  return together ? [readPart(text)] : parts;
}

function knownPart(text: string): Part {
  // An address says nothing, and comes once.
  if (ADDRESS.test(text)) return NOTHING;
  const before = known.get(text);
  if (before) return before;
  const part = readPart(text);
  if (text.length > LONG_PART) return part;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, part);
  return part;
}

/** @param whole with all numbers, whatever they count */
function readPart(text: string, whole = false): Part {
  const given = text.replaceAll(TAG_MARK, ' ');
  const part: Part = { tokens: [], counts: false, reaches: false };
  let end = 0;
  for (const { tag, start, end: next } of findHashtags(given)) {
    readWords(given.slice(end, start), part, whole);
    part.tokens.push({ text: TAG_MARK, glued: false, tag: foldTag(tag) });
    end = next;
  }
  readWords(given.slice(end), part, whole);
  return part;
}

function readWords(given: string, part: Part, whole: boolean): void {
  let words = given;
  if (/[@＠]/.test(words)) words = words.replace(HANDLE, ' ');
  if (words.includes('@')) words = words.replace(EMAIL, ' ');
  if (words.includes('://')) words = words.replace(LINK, ' ');
  if (words.includes('/')) words = words.replace(DOMAIN, ' ');
  words = fold(words);
  part.reaches ||= REACHES.test(words);
  if (/\d/.test(words)) {
    part.counts = true;
    words = words.replace(HALF, '.5');
    for (const pattern of whole ? [] : NOT_COUNTS) words = words.replace(pattern, ' ');
  }
  for (const token of tokenize(words)) part.tokens.push({ ...token, chatter: isChatter(token.text) });
}
