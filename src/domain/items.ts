import { type Known, lexicon, namedValues, type Role, TIMES } from './lexicon.ts';
import { readNumeral } from './numerals.ts';
import type { Vocabulary } from './options.ts';
import { TAG_MARK, type Token } from './tokens.ts';

/** What a reply's words are, one after the other, before anybody asks what they mean together. */
export type Item =
  /** A hashtag that counts, folded. */
  | { kind: 'tag'; tag: string }
  /** A number that only its neighbours can make a quantity. NaN: zero, negative or a fraction. `more`: "+2". */
  | { kind: 'number'; value: number; inWords: boolean; more?: boolean }
  /** A number that says of itself that it is a quantity: "x2". */
  | { kind: 'quantity'; value: number; more: boolean }
  | { kind: 'value'; option: number; value: string }
  /** Stands where a value should, and is none. */
  | { kind: 'unknown' }
  | { kind: 'role'; roles: Role[] }
  | { kind: 'product' }
  /** `glued`: no space parts it from what stands before. */
  | { kind: 'word'; glued: boolean }
  | { kind: 'sign'; text: string };

export const hasRole = (item: Item | undefined, role: Role): boolean =>
  item?.kind === 'role' && item.roles.includes(role);

const BRACKETS = ['()', '[]'];
const MINUS = ['-', '−', '–'];
const LARGEST = 1_000_000;

/** @param vocabulary what the product's values and the product itself are called */
export function readItems(tokens: Token[], vocabulary: Vocabulary): Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < tokens.length) {
    const { item, length } = readItem(tokens, at, vocabulary);
    items.push(item);
    at += length;
  }
  return items;
}

interface Found {
  item: Item;
  length: number;
}

const WORD: Found = { item: { kind: 'word', glued: false }, length: 1 };
const GLUED_WORD: Found = { item: { kind: 'word', glued: true }, length: 1 };

/** What begins at a token, and how many tokens it takes. */
export function readItem(tokens: Token[], at: number, vocabulary: Vocabulary): Found {
  const { text, chatter, glued, tag = '' } = tokens[at] as Token;
  const word = glued ? GLUED_WORD : WORD;
  if (chatter && !vocabulary.values.begins(text) && !vocabulary.product.begins(text)) return word;
  if (text === TAG_MARK) return { item: { kind: 'tag', tag }, length: 1 };
  return (
    readMarked(tokens, at, vocabulary) ??
    readPhrase(tokens, at, vocabulary) ??
    readNumber(tokens, at, vocabulary) ??
    (/^[\p{L}\p{M}]/u.test(text) ? word : { item: { kind: 'sign', text }, length: 1 })
  );
}

/** "x2", "(2)": signs that make a quantity of the number behind them. */
function readMarked(tokens: Token[], at: number, vocabulary: Vocabulary): Found | undefined {
  const [mark, number, close] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (!mark || !number || !isNumber(number)) {
    // "x-2"
    const negative =
      mark && TIMES.includes(mark.text) && MINUS.includes(number?.text ?? '') && close && isNumber(close);
    return negative ? { item: quantity(Number.NaN), length: 3 } : undefined;
  }
  if (BRACKETS.includes(mark.text + close?.text)) return { item: quantity(wholeNumber(number)), length: 3 };
  if (!TIMES.includes(mark.text)) return undefined;
  // "x 42" of a shoe may be its size.
  if (!number.glued && vocabulary.values.find(tokens, at + 1)) return undefined;
  return { item: quantity(wholeNumber(number)), length: 2 };
}

/** The longest phrase that is known here; of two that are as long, the product's own. */
function readPhrase(tokens: Token[], at: number, vocabulary: Vocabulary): Found | undefined {
  const named = vocabulary.values.find(tokens, at);
  const inWord = named?.length === 1 && (isPartOfWord(tokens, at) || beginsRange(tokens, at, /^\d/));
  const value = inWord || (named && countsRather(tokens, at, named.length)) ? undefined : named;
  const known = findKnown(tokens, at);
  const missing = findMissing(tokens, at, vocabulary);
  const product = vocabulary.product.find(tokens, at);
  const longest = Math.max(value?.length ?? 0, known?.length ?? 0, missing, product?.length ?? 0);
  if (longest === 0) return undefined;
  if (value?.length === longest) return { item: { kind: 'value', ...value.meaning }, length: longest };
  if (product?.length === longest) return { item: { kind: 'product' }, length: longest };
  if (missing === longest) return { item: { kind: 'unknown' }, length: longest };
  return readKnown(known?.meaning ?? nothing, tokens, at, longest, vocabulary);
}

/** What is known of the words here; numerals that stand together are one number: 十二. */
function findKnown(tokens: Token[], at: number): { meaning: Known; length: number } | undefined {
  const known = lexicon.find(tokens, at);
  const numeral = readNumeral(tokens, at) ?? readTens(tokens, at);
  if (!numeral || numeral.length <= (known?.length ?? 0)) return known;
  return { meaning: { roles: [], number: numeral.value }, length: numeral.length };
}

/** 열두: tens, and ones that are written to them. */
function readTens(tokens: Token[], at: number): { value: number; length: number } | undefined {
  const tens = lexicon.find(tokens, at);
  const value = tens?.meaning.number;
  if (!tens || (value !== 10 && value !== 20) || !tokens[at + tens.length]?.glued) return undefined;
  const ones = lexicon.find(tokens, at + tens.length);
  if (ones?.meaning.number === undefined || ones.meaning.number >= 10) return undefined;
  return { value: value + ones.meaning.number, length: tens.length + ones.length };
}

/** Whether a number that is also a value's name counts what stands behind it: "7 pieces", "7 days". */
function countsRather(tokens: Token[], at: number, length: number): boolean {
  if (length > 1 || !isNumber(tokens[at] as Token)) return false;
  const roles = lexicon.find(tokens, at + 1)?.meaning.roles ?? [];
  if (roles.includes('units')) return !roles.includes('begs') && !roles.includes('fillers');
  // 42号 and 2019年 are values.
  return roles.includes('measures') && !/^\p{sc=Han}/u.test(tokens[at + 1]?.text ?? '');
}

/** Whether a character of a script that parts no words belongs to a longer word: 大 in 大好き is no size. */
function isPartOfWord(tokens: Token[], at: number): boolean {
  const [previous, token, next] = [tokens[at - 1], tokens[at] as Token, tokens[at + 1]];
  if (!/^\p{sc=Han}$/u.test(token.text)) return false;
  return (token.glued && previous?.chatter === true) || (next?.glued === true && next.chatter === true);
}

const nothing: Known = { roles: [] };

/** The length of a colour or size that others of the product's values are, and that it does not come in itself. */
function findMissing(tokens: Token[], at: number, vocabulary: Vocabulary): number {
  if (vocabulary.kinds.size === 0) return 0;
  const named = namedValues.find(tokens, at);
  if (!named || !vocabulary.kinds.has(named.meaning.kind)) return 0;
  if (named.length === 1 && isPartOfWord(tokens, at)) return 0;
  // "2XL" is a size; "2 XL" are two of XL.
  const parted = tokens.slice(at + 1, at + named.length).some((token) => !token.glued);
  return parted && isNumber(tokens[at] as Token) ? 0 : named.length;
}

function readKnown(
  { roles, number }: Known,
  tokens: Token[],
  at: number,
  length: number,
  vocabulary: Vocabulary,
): Found {
  if (roles.includes('quantity')) {
    const sign = /^[:=.]$/.test(tokens[at + length]?.text ?? '') ? 1 : 0;
    const counted = tokens[at + length + sign];
    if (counted && isNumber(counted))
      return { item: quantity(wholeNumber(counted)), length: length + sign + 1 };
    const said = findKnown(tokens, at + length + sign);
    if (said?.meaning.number !== undefined)
      return { item: quantity(said.meaning.number), length: length + sign + said.length };
  }
  if (number === undefined) return { item: { kind: 'role', roles }, length };
  const measured = measureAt(tokens, at + length);
  if (measured > 0) return { item: WORD.item, length: length + measured };
  // 两 and 네 count only together with what they count: 네 is also "yes".
  const counted = lexicon.find(tokens, at + length)?.meaning.roles.includes('units');
  const named = vocabulary.values.find(tokens, at + length) ?? vocabulary.product.find(tokens, at + length);
  if (mayBeSyllable(tokens, at, length) && !counted && !named)
    return { item: { kind: 'role', roles }, length };
  return { item: { kind: 'number', value: number, inWords: true }, length };
}

/** Whether a number in words may be a part of another word: 네 alone, 十分. */
function mayBeSyllable(tokens: Token[], at: number, length: number): boolean {
  const { text, glued } = tokens[at] as Token;
  if (/^\p{sc=Hangul}$/u.test(text)) return length === 1;
  return /^\p{sc=Han}$/u.test(text) && (glued || tokens[at + length]?.glued === true);
}

/** How many tokens say that the number before them counts hours, euros or years; 0: none. */
function measureAt(tokens: Token[], at: number): number {
  const found = lexicon.find(tokens, at);
  if (!found?.meaning.roles.includes('measures')) return 0;
  // 点 counts things in Japanese, and hours in Chinese.
  return found.meaning.roles.includes('units') && tokens.some(isKana) ? 0 : found.length;
}

function readNumber(tokens: Token[], at: number, vocabulary: Vocabulary): Found | undefined {
  const token = tokens[at] as Token;
  if (!isNumber(token)) {
    const next = tokens[at + 1];
    if (token.glued || !next?.glued || !isNumber(next)) return undefined;
    if (token.text === '+')
      return { item: { kind: 'number', value: wholeNumber(next), inWords: false, more: true }, length: 2 };
    if (/^[.,]$/.test(token.text)) return { item: WORD.item, length: 2 };
    if (!MINUS.includes(token.text)) return undefined;
    return { item: { kind: 'number', value: Number.NaN, inWords: false }, length: 2 };
  }
  const value = wholeNumber(token);
  const next = tokens[at + 1];
  if (next && TIMES.includes(next.text)) {
    const after = tokens[at + 2];
    const pairs = !after || !isNumber(after) || vocabulary.values.find(tokens, at + 2) !== undefined;
    if (pairs) return { item: quantity(value), length: 2 };
  }
  if (beginsRange(tokens, at, /^[\p{L}\p{N}]/u)) return { item: WORD.item, length: 3 };
  const measured = measureAt(tokens, at + 1);
  if (measured > 0) return { item: WORD.item, length: 1 + measured };
  const roles = lexicon.find(tokens, at + 1)?.meaning.roles ?? [];
  if (next?.glued && /^[\p{L}\p{M}]/u.test(next.text) && next.text !== TAG_MARK && !roles.includes('units')) {
    // "2M": two, or a size that there is not?
    return vocabulary.values.find(tokens, at + 1)
      ? { item: { kind: 'unknown' }, length: 2 }
      : { item: WORD.item, length: 2 };
  }
  if (vocabulary.digits.includes(token.text.split(/[.,]/, 1)[0]?.length ?? 0))
    return { item: { kind: 'unknown' }, length: 1 };
  return { item: { kind: 'number', value, inWords: false }, length: 1 };
}

/** "2-3", "1/2", "3-day": numbers that are a part of something else. */
function beginsRange(tokens: Token[], at: number, goesOn: RegExp): boolean {
  const [number, sign, beyond] = [tokens[at] as Token, tokens[at + 1], tokens[at + 2]];
  if (!sign?.glued || !beyond?.glued || !isNumber(number)) return false;
  return /^[-–~〜/]$/.test(sign.text) && goesOn.test(beyond.text);
}

const isKana = ({ text }: Token): boolean => /[\u3041-\u3096\u30a1-\u30fa]/.test(text);

/** Digits of all scripts are ASCII by now. */
const isNumber = ({ text }: Token): boolean => text >= '0' && text < ':';

const quantity = (value: number): Item => ({ kind: 'quantity', value, more: false });

/** A whole number from 1 on, or NaN. A sign before each three digits groups them. */
function wholeNumber({ text }: Token): number {
  const plain = /^\d{1,3}(?:[.,]\d{3})+$/.test(text) ? text.replace(/[.,]/g, '') : text.replace(',', '.');
  const value = Number(plain);
  return Number.isInteger(value) && value >= 1 && value <= LARGEST ? value : Number.NaN;
}
