import type { Found, Item } from './items.ts';
import { type Known, lexicon, roleAt, TIMES } from './lexicon.ts';
import { readNumeral } from './numerals.ts';
import type { Vocabulary } from './options.ts';
import { TAG_MARK, type Token } from './tokens.ts';

/** A number that only its neighbours can make a quantity. */
type NumberItem = Item & { kind: 'number' };

export const MINUS = ['-', '−', '–'];
const LARGEST = 1_000_000;

/** Counts something else, or nothing. */
const WORD: Item = { kind: 'word', glued: false };

export const quantity = (value: number): Item => ({ kind: 'quantity', value, more: false });

/** Digits of all scripts are ASCII by now. */
export const isNumber = ({ text }: Token): boolean => text >= '0' && text < ':';

/** A whole number from 1 on, or NaN. A sign before each three digits groups them. */
export function wholeNumber({ text }: Token): number {
  const value = Number(/^\d{1,3}(?:[.,]\d{3})+$/.test(text) ? text.replace(/[.,]/g, '') : text);
  // 18.00 is an amount of money.
  if (/[.,]0+$/.test(text) && value < 1000) return Number.NaN;
  return Number.isInteger(value) && value >= 1 && value <= LARGEST ? value : Number.NaN;
}

/** What is known of the words here; numerals that stand together are one number: 十二. */
export function findKnown(tokens: Token[], at: number): { meaning: Known; length: number } | undefined {
  const known = lexicon.find(tokens, at);
  const numeral = readNumeral(tokens, at) ?? (known && readTens(tokens, at, known));
  if (!numeral || numeral.length <= (known?.length ?? 0)) return known;
  return { meaning: { roles: [], number: numeral.value }, length: numeral.length };
}

const HANGUL = /^\p{sc=Hangul}$/u;

/** 열두: tens, and ones that are written to them. */
function readTens(
  tokens: Token[],
  at: number,
  tens: { meaning: Known; length: number },
): { value: number; length: number } | undefined {
  const value = tens.meaning.number;
  if (value !== 10 && value !== 20) return undefined;
  const [first, next] = [tokens[at], tokens[at + tens.length]];
  if (!first || !HANGUL.test(first.text) || !next?.glued || !HANGUL.test(next.text)) return undefined;
  const ones = lexicon.find(tokens, at + tens.length);
  if (ones?.meaning.number === undefined || ones.meaning.number >= 10) return undefined;
  return { value: value + ones.meaning.number, length: tens.length + ones.length };
}

/** What digits mean by themselves and by what stands right behind them. */
export function readNumber(tokens: Token[], at: number, vocabulary: Vocabulary): Found | undefined {
  const token = tokens[at] as Token;
  if (!isNumber(token)) {
    const next = tokens[at + 1];
    if (token.glued || !next?.glued || !isNumber(next)) return undefined;
    if (token.text === '+')
      return { item: { kind: 'number', value: wholeNumber(next), inWords: false, more: true }, length: 2 };
    if (/^[.,]$/.test(token.text)) return { item: WORD, length: 2 };
    if (!MINUS.includes(token.text)) return undefined;
    return { item: { kind: 'number', value: Number.NaN, inWords: false }, length: 2 };
  }
  const value = wholeNumber(token);
  const next = tokens[at + 1];
  const measured = measureAt(tokens, at + 1);
  if (measured > 0) return { item: WORD, length: 1 + measured };
  if (next && TIMES.includes(next.text)) {
    const after = tokens[at + 2];
    const pairs = !after || !isNumber(after) || vocabulary.values.find(tokens, at + 2) !== undefined;
    if (pairs) return { item: quantity(value), length: 2 };
  }
  if (beginsRange(tokens, at, /^[\p{L}\p{N}]/u) && !isChoice(tokens, at))
    return isFraction(tokens, at)
      ? { item: { kind: 'number', value: Number.NaN, inWords: true }, length: 3 }
      : { item: WORD, length: 3 };
  const roles = lexicon.find(tokens, at + 1)?.meaning.roles ?? [];
  if (next?.glued && /^[\p{L}\p{M}]/u.test(next.text) && next.text !== TAG_MARK && !roles.includes('units')) {
    // "2M": two, or a size that there is not?
    return vocabulary.values.find(tokens, at + 1)
      ? { item: { kind: 'unknown' }, length: 2 }
      : { item: WORD, length: 2 };
  }
  const isDecimal = Number.isNaN(value) && /[.,]/.test(token.text);
  if (
    vocabulary.digits.includes(token.text.split(/[.,]/, 1)[0]?.length ?? 0) ||
    (vocabulary.numeric && isDecimal)
  )
    return { item: { kind: 'unknown' }, length: 1 };
  return joined(tokens, at, { item: { kind: 'number', value, inWords: false }, length: 1 });
}

/** A number with what makes another one of it: "2 dozen", "2 and a half". */
export function joined(
  tokens: Token[],
  at: number,
  { item, length }: { item: NumberItem; length: number },
): Found {
  const dozens = roleAt(tokens, at + length, 'dozens');
  if (dozens > 0) return { item: { ...item, value: item.value * 12 }, length: length + dozens };
  const half = roleAt(tokens, at + length, 'halves');
  return half > 0 ? { item: { ...item, value: Number.NaN }, length: length + half } : { item, length };
}

/** "2-3 please": two numbers of pieces. */
function isChoice(tokens: Token[], at: number): boolean {
  const [first, sign, second, next] = tokens.slice(at, at + 4);
  if (!first || sign?.text === '/' || !second || !isNumber(second)) return false;
  const few = Number(first.text) < Number(second.text) && second.text.length <= 2;
  return few && (!next || /^[.,!?]$/.test(next.text) || roleAt(tokens, at + 3, 'units') > 0);
}

/** "1/2", "3/4" */
const isFraction = (tokens: Token[], at: number): boolean =>
  tokens[at + 1]?.text === '/' &&
  /^[234]$/.test(tokens[at + 2]?.text ?? '') &&
  Number(tokens[at]?.text) < Number(tokens[at + 2]?.text);

/** "2-3", "1/2", "3-day": numbers that are a part of something else. */
export function beginsRange(tokens: Token[], at: number, goesOn: RegExp): boolean {
  const [number, sign, beyond] = [tokens[at] as Token, tokens[at + 1], tokens[at + 2]];
  if (!sign?.glued || !beyond?.glued || !isNumber(number)) return false;
  return /^[-–~〜/]$/.test(sign.text) && goesOn.test(beyond.text);
}

/** How many tokens say that the number before them counts hours, euros or years; 0: none. */
export function measureAt(tokens: Token[], at: number): number {
  const found = lexicon.find(tokens, at);
  if (!found?.meaning.roles.includes('measures')) return 0;
  // 点 counts things in Japanese, and hours in Chinese.
  return found.meaning.roles.includes('units') && isJapanese(tokens) ? 0 : found.length;
}

const japanese = new WeakMap<Token[], boolean>();

/** Whether a text holds kana. It is looked through once: it may be long, and ask for every number. */
function isJapanese(tokens: Token[]): boolean {
  const known = japanese.get(tokens) ?? tokens.some(({ text }) => /[\u3041-\u3096\u30a1-\u30fa]/.test(text));
  japanese.set(tokens, known);
  return known;
}

/** Whether a number in words may be a part of another word: 네 alone, 十分. */
export function mayBeSyllable(tokens: Token[], at: number, length: number): boolean {
  const { text, glued } = tokens[at] as Token;
  if (HANGUL.test(text)) return length === 1;
  return /^\p{sc=Han}$/u.test(text) && (glued || tokens[at + length]?.glued === true);
}

/** Whether a number that is also a value's name counts what stands behind it: "7 pieces", "7 days". */
export function countsRather(tokens: Token[], at: number, length: number): boolean {
  const { text } = tokens[at] as Token;
  // A year does not: "2019 bottles" are bottles of 2019.
  if (length > 1 || !isNumber(tokens[at] as Token) || /^\d{4}$/.test(text)) return false;
  const roles = lexicon.find(tokens, at + 1)?.meaning.roles ?? [];
  if (roles.includes('units')) return !roles.includes('begs') && !roles.includes('fillers');
  // 42号 and 2019年 are values.
  return roles.includes('measures') && !/^\p{sc=Han}/u.test(tokens[at + 1]?.text ?? '');
}

/**
 * Whether a number that begins a name is rather how many: "2x large" are two of them, "2x-large" is a size, and so
 * is "160 x 230".
 */
export const multiplies = (tokens: Token[], at: number, length: number): boolean =>
  TIMES.includes(tokens[at + 1]?.text ?? '') &&
  isNumber(tokens[at] as Token) &&
  !(tokens[at + 2] && isNumber(tokens[at + 2] as Token)) &&
  tokens.slice(at + 1, at + length).some(({ glued }) => !glued);
