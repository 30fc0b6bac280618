import { type Known, type Role, roleAt, TIMES } from './lexicon.ts';
import { findNotOffered, isPartOfWord } from './not-offered.ts';
import {
  beginsRange,
  countsRather,
  findKnown,
  isNumber,
  joined,
  MINUS,
  mayBeSyllable,
  measureAt,
  multiplies,
  quantity,
  readNumber,
  wholeNumber,
} from './numbers.ts';
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

export interface Found {
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
  const isValue = (): boolean =>
    vocabulary.values.find(tokens, at + 1) !== undefined ||
    findNotOffered(tokens, at + 1, vocabulary, undefined) > 0;
  if (!number.glued && isValue()) return undefined;
  return { item: quantity(wholeNumber(number)), length: 2 };
}

/** The longest phrase that is known here; of two that are as long, the product's own. */
function readPhrase(tokens: Token[], at: number, vocabulary: Vocabulary): Found | undefined {
  const named = vocabulary.values.find(tokens, at);
  const inWord =
    named?.length === 1 &&
    (isPartOfWord(tokens, at) || isArticle(tokens, at) || beginsRange(tokens, at, /^\d/));
  const value =
    inWord || (named && (countsRather(tokens, at, named.length) || multiplies(tokens, at, named.length)))
      ? undefined
      : named;
  const known = findKnown(tokens, at);
  const missing = findNotOffered(tokens, at, vocabulary, known);
  const product = vocabulary.product.find(tokens, at);
  const longest = Math.max(value?.length ?? 0, known?.length ?? 0, missing, product?.length ?? 0);
  if (longest === 0) return undefined;
  if (value?.length === longest) {
    const half = isNumber(tokens[at] as Token) ? roleAt(tokens, at + longest, 'halves') : 0;
    const meant =
      half > 0 ? vocabulary.values.find([{ text: `${tokens[at]?.text}.5`, glued: false }], 0) : value;
    return {
      item: meant ? { kind: 'value', ...meant.meaning } : { kind: 'unknown' },
      length: longest + half,
    };
  }
  if (product?.length === longest) return { item: { kind: 'product' }, length: longest };
  if (missing === longest) return { item: { kind: 'unknown' }, length: longest };
  return readKnown(known?.meaning ?? nothing, tokens, at, longest, vocabulary);
}

/** "A red one" names no cup A, and "in red" no value IN: unless a size or a number stands before it. */
function isArticle(tokens: Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (!next || !/^[\p{L}\p{M}\d]/u.test(next.text) || roleAt(tokens, at, 'fillers') !== 1) return false;
  const previous = tokens[at - 1];
  const isSize = previous && (isNumber(previous) || roleAt(tokens, at - 1, 'sizes') > 0);
  return !isSize && roleAt(tokens, at + 1, 'begs') === 0;
}

const nothing: Known = { roles: [] };

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
  const counted = roleAt(tokens, at + length, 'units') > 0 || roleAt(tokens, at + length, 'dozens') > 0;
  const named = vocabulary.values.find(tokens, at + length) ?? vocabulary.product.find(tokens, at + length);
  if (mayBeSyllable(tokens, at, length) && !counted && !named)
    return { item: { kind: 'role', roles }, length };
  return joined(tokens, at, { item: { kind: 'number', value: number, inWords: true }, length });
}
