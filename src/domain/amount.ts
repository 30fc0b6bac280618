import { readAmount } from './amount-text.ts';
import { lexicon, type Role, TIMES } from './lexicon.ts';
import { type FoundMark, markBefore, markBehind } from './money-marks.ts';
import { PhraseBook, TAG_MARK, type Token } from './tokens.ts';
import { gives, inexact, multiples, toward } from './words/giving.ts';

/** How much a reply says that its author gives; amounts in minor units. */
export type Amount =
  | { kind: 'amount'; amount: number }
  | { kind: 'missing' }
  /** It says something that may be an amount, or several: we do not want to guess. */
  | { kind: 'unclear'; candidates: number[] }
  | { kind: 'other_currency'; candidates: number[] };

/** What a number in a reply is. */
interface NumberRead {
  /** count: it counts something else, as hours or cats. doubt: it may be an amount, and may not. */
  as: 'amount' | 'foreign' | 'count' | 'doubt';
  amount: number | undefined;
}

/**
 * Reads how much a reply gives. A number is taken for an amount where money stands beside it, or where it stands right
 * beside the tag or behind a word of giving, and nothing about it is in doubt. Never a number in words: half of one
 * ("twenty five") would be another amount.
 *
 * @param words the reply's words with all their numbers: see `prepareAmounts`
 */
export function readDonation(words: Token[], currency: string): Amount {
  const numbers: NumberRead[] = [];
  for (let at = 0; at < words.length; at++) {
    if (!isNumber(words[at])) continue;
    const end = endOfNumber(words, at);
    numbers.push(readNumber(words, at, end, currency));
    at = end;
  }
  const said = numbers.filter(({ as }) => as === 'amount' || as === 'doubt');
  const candidates = [...new Set(said.flatMap(({ amount }) => amount ?? []))];
  if (numbers.some(({ as }) => as === 'foreign')) return { kind: 'other_currency', candidates };
  if (said.length === 0) return { kind: 'missing' };
  const [amount, ...others] = candidates;
  const isClear = said.every(({ as }) => as === 'amount') && others.length === 0;
  return isClear && amount !== undefined ? { kind: 'amount', amount } : { kind: 'unclear', candidates };
}

const isNumber = (token: Token | undefined): boolean =>
  token !== undefined && token.text >= '0' && token.text < ':';

/** The last token of a number: 1'000 is three. */
function endOfNumber(words: Token[], at: number): number {
  const [sign, group] = [words[at + 1], words[at + 2]];
  const goesOn = sign?.text === "'" && sign.glued && group?.glued && /^\d{3}$/.test(group.text);
  return goesOn ? endOfNumber(words, at + 2) : at;
}

function readNumber(words: Token[], at: number, end: number, currency: string): NumberRead {
  const digits = words.slice(at, end + 1).map(({ text }) => text);
  const amount = readAmount(digits.join(''), currency);
  const is = (as: NumberRead['as']): NumberRead => ({ as, amount });
  const before = markBefore(words, at, currency);
  const tail = dashTail(words, end);
  const behind = markBehind(words, end + tail + 1, currency);
  // With its marks.
  const [first, last] = [at - (before?.length ?? 0), end + tail + (behind?.length ?? 0)];
  if (before?.mark === 'foreign' || behind?.mark === 'foreign') return is('foreign');
  const [tagBefore, tagBehind] = [nextTo(words, first - 1, -1), nextTo(words, last + 1, 1)];
  const isMeant = before !== undefined || behind !== undefined || tagBefore || tagBehind;
  if (isPart(words, at, end, { before, behind, tail })) return is(isMeant ? 'doubt' : 'count');
  if (isInexact(words, first, last)) return is('doubt');
  if (before || behind) return is(amount === undefined ? 'doubt' : 'amount');
  if (isWord(words[last + 1]) && !TOWARD.find(words, last + 1)) return is(isMeant ? 'doubt' : 'count');
  const stands = tagBefore || isLed(words, first) || (tagBehind && (first === 0 || isSoft(words[first - 1])));
  return is(stands && amount !== undefined && !YEAR.test(digits.join('')) ? 'amount' : 'doubt');
}

const YEAR = /^(?:19|20)\d\d$/;

/** "25,-" and "25.-" are 25: how many tokens that takes. */
function dashTail(words: Token[], end: number): number {
  const [sign, dash] = [words[end + 1], words[end + 2]];
  const isTail =
    /^[.,]$/.test(sign?.text ?? '') && sign?.glued && /^[-–—]$/.test(dash?.text ?? '') && dash?.glued;
  return isTail && !words[end + 3]?.glued ? 2 : 0;
}

const UNPARTED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
const isWord = (token: Token | undefined): boolean =>
  token !== undefined && token.text !== TAG_MARK && /^[\p{L}\p{M}]/u.test(token.text);
const isSign = (token: Token | undefined): boolean =>
  token !== undefined && token.text !== TAG_MARK && !isWord(token) && !isNumber(token);

/** Whether a number is a part of something longer: a time, a date, a range, "50th", "v2". */
function isPart(
  words: Token[],
  at: number,
  end: number,
  { before, behind, tail }: { before: FoundMark | undefined; behind: FoundMark | undefined; tail: number },
): boolean {
  const [previous, next, beyond] = [words[at - 1], words[end + 1], words[end + 2]];
  if (!before && words[at]?.glued && previous) {
    if (isWord(previous) && !UNPARTED.test(previous.text)) return true;
    if (/^[.,'#/]$/.test(previous.text)) return true;
    if (isSign(previous) && previous.glued && !isSign(words[at - 2])) return true;
  }
  if (behind || tail > 0 || !next?.glued) return false;
  if (isWord(next)) return !UNPARTED.test(next.text) && !MULTIPLES.find(words, end + 1);
  return isSign(next) && beyond?.glued === true && !isSign(beyond);
}

const ASKEW = ['+', '~', '≈', '<', '>', '±', '%', '٪', '/', '≤', '≥', ...TIMES];
const MINUS = ['-', '−', '–', '—'];

/** Whether what stands beside an amount says that it is another one: "up to 25", "25 thousand", "25 or more", "-25". */
function isInexact(words: Token[], first: number, last: number): boolean {
  const [previous, next] = [words[first - 1], words[last + 1]];
  if (isNumber(previous) || isNumber(next)) return true;
  if (ASKEW.includes(previous?.text ?? '') || ASKEW.includes(next?.text ?? '')) return true;
  if (MINUS.includes(previous?.text ?? '') && words[first]?.glued) return true;
  if (MULTIPLES.find(words, last + 1) || INEXACT.find(words, last + 1) || endsWith(INEXACT, words, first))
    return true;
  const [said, goesOn] = [knownBefore(words, first), lexicon.find(words, last + 1)?.meaning];
  return [said, goesOn].some(
    (known) => known && (known.number !== undefined || TURNS.some((role) => known.roles.includes(role))),
  );
}

const TURNS: Role[] = ['more', 'another', 'no', 'noAfter', 'instead'];
const LONGEST = 5;

/** What the phrase means that ends right before a place. */
function knownBefore(words: Token[], at: number) {
  for (let length = Math.min(LONGEST, at); length > 0; length--) {
    const found = lexicon.find(words, at - length);
    if (found?.length === length) return found.meaning;
  }
  return undefined;
}

function endsWith(book: PhraseBook<true>, words: Token[], at: number): boolean {
  for (let length = Math.min(LONGEST, at); length > 0; length--)
    if (book.find(words, at - length)?.length === length) return true;
  return false;
}

const isLed = (words: Token[], first: number): boolean =>
  endsWith(GIVES, words, first) || knownBefore(words, first)?.roles.includes('wants') === true;

const SOFT = /^(?:[:=,;–—"“”…-]|\p{Extended_Pictographic})$/u;
const isSoft = (token: Token | undefined): boolean => SOFT.test(token?.text ?? '') && !isNumber(token);

/** Whether a tag stands there; signs between make no difference. */
function nextTo(words: Token[], from: number, step: 1 | -1): boolean {
  let at = from;
  while (isSoft(words[at])) at += step;
  return words[at]?.text === TAG_MARK;
}

const bookOf = (phrases: string[]): PhraseBook<true> => {
  const book = new PhraseBook<true>();
  for (const phrase of phrases) book.add(phrase, true);
  return book;
};
const GIVES = bookOf(gives);
const TOWARD = bookOf(toward);
const INEXACT = bookOf(inexact);
const MULTIPLES = bookOf(multiples);
