import { type Known, lexicon, namedValues, type Role, TIMES } from './lexicon.ts';
import type { Vocabulary } from './options.ts';
import { TAG_MARK, type Token } from './tokens.ts';

/** What a reply's words are, one after the other, before anybody asks what they mean together. */
export type Item =
  | { kind: 'tag' }
  /** A number that only its neighbours can make a quantity. NaN: zero, negative or a fraction. */
  | { kind: 'number'; value: number; inWords: boolean }
  /** A number that says of itself that it is a quantity: "x2". */
  | { kind: 'quantity'; value: number; more: boolean }
  | { kind: 'value'; option: number; value: string }
  /** Stands where a value should, and is none. */
  | { kind: 'unknown' }
  | { kind: 'role'; roles: Role[] }
  | { kind: 'product' }
  | { kind: 'word' }
  | { kind: 'sign'; text: string };

export const hasRole = (item: Item | undefined, role: Role): boolean =>
  item?.kind === 'role' && item.roles.includes(role);

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

const WORD: Found = { item: { kind: 'word' }, length: 1 };

function readItem(tokens: Token[], at: number, vocabulary: Vocabulary): Found {
  const { text, chatter } = tokens[at] as Token;
  if (chatter && !vocabulary.values.begins(text) && !vocabulary.product.begins(text)) return WORD;
  if (text === TAG_MARK) return { item: { kind: 'tag' }, length: 1 };
  return (
    readMarked(tokens, at, vocabulary) ??
    readPhrase(tokens, at, vocabulary) ??
    readNumber(tokens, at, vocabulary) ??
    (/^[\p{L}\p{M}]/u.test(text) ? WORD : { item: { kind: 'sign', text }, length: 1 })
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
  if (mark.text === '(' && close?.text === ')') return { item: quantity(wholeNumber(number)), length: 3 };
  if (!TIMES.includes(mark.text)) return undefined;
  // "x 42" of a shoe may be its size.
  if (!number.glued && vocabulary.values.find(tokens, at + 1)) return undefined;
  return { item: quantity(wholeNumber(number)), length: 2 };
}

/** The longest phrase that is known here; of two that are as long, the product's own. */
function readPhrase(tokens: Token[], at: number, vocabulary: Vocabulary): Found | undefined {
  const value = vocabulary.values.find(tokens, at);
  const known = lexicon.find(tokens, at);
  const missing = findMissing(tokens, at, vocabulary);
  const product = vocabulary.product.find(tokens, at);
  const longest = Math.max(value?.length ?? 0, known?.length ?? 0, missing, product?.length ?? 0);
  if (longest === 0) return undefined;
  if (value?.length === longest) return { item: { kind: 'value', ...value.meaning }, length: longest };
  if (product?.length === longest) return { item: { kind: 'product' }, length: longest };
  if (missing === longest) return { item: { kind: 'unknown' }, length: longest };
  return readKnown(known?.meaning ?? nothing, tokens, at, longest);
}

const nothing: Known = { roles: [] };

/** The length of a colour or size that others of the product's values are, and that it does not come in itself. */
function findMissing(tokens: Token[], at: number, vocabulary: Vocabulary): number {
  if (vocabulary.kinds.size === 0) return 0;
  const named = namedValues.find(tokens, at);
  if (!named || !vocabulary.kinds.has(named.meaning.kind)) return 0;
  // "2XL" is a size; "2 XL" are two of XL.
  const parted = tokens.slice(at + 1, at + named.length).some((token) => !token.glued);
  return parted && isNumber(tokens[at] as Token) ? 0 : named.length;
}

function readKnown({ roles, number }: Known, tokens: Token[], at: number, length: number): Found {
  if (roles.includes('quantity')) {
    const sign = /^[:=.]$/.test(tokens[at + length]?.text ?? '') ? 1 : 0;
    const counted = tokens[at + length + sign];
    if (counted && isNumber(counted))
      return { item: quantity(wholeNumber(counted)), length: length + sign + 1 };
  }
  return number === undefined
    ? { item: { kind: 'role', roles }, length }
    : { item: { kind: 'number', value: number, inWords: true }, length };
}

function readNumber(tokens: Token[], at: number, vocabulary: Vocabulary): Found | undefined {
  const token = tokens[at] as Token;
  if (!isNumber(token)) {
    const next = tokens[at + 1];
    const negative = MINUS.includes(token.text) && !token.glued && next?.glued && isNumber(next);
    return negative ? { item: { kind: 'number', value: Number.NaN, inWords: false }, length: 2 } : undefined;
  }
  const value = wholeNumber(token);
  const next = tokens[at + 1];
  if (next && TIMES.includes(next.text)) {
    const after = tokens[at + 2];
    const pairs = !after || !isNumber(after) || vocabulary.values.find(tokens, at + 2) !== undefined;
    if (pairs) return { item: quantity(value), length: 2 };
  }
  const following = next && lexicon.find(tokens, at + 1);
  const roles = following?.meaning.roles ?? [];
  if (following && roles.includes('measures') && !roles.includes('units'))
    return { item: { kind: 'word' }, length: 1 + following.length };
  if (next?.glued && /^[\p{L}\p{M}]/u.test(next.text) && next.text !== TAG_MARK && !roles.includes('units')) {
    // "2M": two, or a size that there is not?
    return vocabulary.values.find(tokens, at + 1)
      ? { item: { kind: 'unknown' }, length: 2 }
      : { item: { kind: 'word' }, length: 2 };
  }
  if (vocabulary.digits.includes(token.text.split(/[.,]/, 1)[0]?.length ?? 0))
    return { item: { kind: 'unknown' }, length: 1 };
  return { item: { kind: 'number', value, inWords: false }, length: 1 };
}

/** Digits of all scripts are ASCII by now. */
const isNumber = ({ text }: Token): boolean => text >= '0' && text < ':';

const quantity = (value: number): Item => ({ kind: 'quantity', value, more: false });

/** A whole number from 1 on, or NaN. A sign before each three digits groups them. */
function wholeNumber({ text }: Token): number {
  const plain = /^\d{1,3}(?:[.,]\d{3})+$/.test(text) ? text.replace(/[.,]/g, '') : text.replace(',', '.');
  const value = Number(plain);
  return Number.isInteger(value) && value >= 1 && value <= LARGEST ? value : Number.NaN;
}
