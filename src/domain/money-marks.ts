import { PhraseBook, type Token } from './tokens.ts';
import { money } from './words/giving.ts';

/** Whose money a mark beside a number names. */
export type Mark = 'own' | 'foreign';

interface Names {
  marks: PhraseBook<Mark>;
  words: PhraseBook<Mark>;
}

const known = new Map<string, Names>();

/** What a currency is called, and what others are. */
function namesFor(currency: string): Names {
  const before = known.get(currency);
  if (before) return before;
  const own = (one: Mark, other: Mark): Mark => (one === 'own' ? one : other);
  const names: Names = { marks: new PhraseBook(own), words: new PhraseBook(own) };
  for (const { codes, marks, words } of money) {
    const mark: Mark = codes.split(' ').includes(currency) ? 'own' : 'foreign';
    for (const each of marks) names.marks.add(each, mark);
    for (const each of words) names.words.add(each, mark);
  }
  names.marks.add(currency, 'own');
  names.marks.add(symbolOf(currency), 'own');
  known.set(currency, names);
  return names;
}

const symbolOf = (currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value ?? currency;

/** But for the sign of hundredths, which is read beside those of hundreds. */
const SIGN = /^(?!¢)\p{Sc}$/u;
const LONGEST = 3;

/** A mark, and how many tokens it takes. */
export interface FoundMark {
  mark: Mark;
  length: number;
}

/** What stands right before a number: "US$" in "US$25". */
export function markBefore(tokens: Token[], number: number, currency: string): FoundMark | undefined {
  const { marks } = namesFor(currency);
  for (let length = Math.min(LONGEST, number); length > 0; length--) {
    const found = marks.find(tokens, number - length);
    if (found?.length === length && isOne(tokens, number - length, length))
      return { mark: found.meaning, length };
  }
  return strangeSign(tokens[number - 1]);
}

/** What stands right behind a number: "euros" in "25 euros". */
export function markBehind(tokens: Token[], at: number, currency: string): FoundMark | undefined {
  const { marks, words } = namesFor(currency);
  const mark = marks.find(tokens, at);
  const found = mark && isOne(tokens, at, mark.length) ? mark : words.find(tokens, at);
  return found ? { mark: found.meaning, length: found.length } : strangeSign(tokens[at]);
}

/** A sign of money that we have no name for is not the merchant's. */
const strangeSign = (token: Token | undefined): FoundMark | undefined =>
  SIGN.test(token?.text ?? '') ? { mark: 'foreign', length: 1 } : undefined;

/** Letters belong to a sign that they are glued to: "A$25", and not "a $25 gift". */
function isOne(tokens: Token[], at: number, length: number): boolean {
  const own = tokens.slice(at, at + length);
  return !own.some(({ text }) => SIGN.test(text)) || own.slice(1).every(({ glued }) => glued);
}
