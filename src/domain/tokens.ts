import { foldCase } from './text.ts';

/** Stands in a text where the trigger tag stood. */
export const TAG_MARK = '\ue000';

/** A piece of a text: a word, a number, a character of a script that parts no words, or a sign. */
export interface Token {
  text: string;
  /** Nothing parts it from the token before. */
  glued: boolean;
  /** A word that means nothing in any language's order: only the product's own words can tell more. */
  chatter?: boolean;
  /** The hashtag that it marks, folded. */
  tag?: string;
}

const UNPARTED = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}ー';
const LETTER = `(?:[^\\P{L}${UNPARTED}]|\\p{M})`;
const TOKEN = new RegExp(`${TAG_MARK}|\\d+(?:[.,]\\d+)*|[${UNPARTED}]|${LETTER}+(?:'${LETTER}+)*|\\S`, 'gu');
const ASCII = /^[\0-\x7f\ue000]*$/;
/** The same for texts that are nothing but ASCII, in a quarter of the time. */
const ASCII_TOKEN = /\ue000|\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)*|[^\s]/g;
const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]|[\u0300-\u036f]/;

/** A comma before three digits groups them. */
const DECIMAL_COMMA = /^\d+,\d{1,2}$/;

/**
 * The form in which words are compared: compatibility forms, invisible characters, case, the accents of Latin
 * letters and the script of digits make no difference.
 */
export function fold(given: string): string {
  const text = given
    .replace(/[’ʼ]/g, "'")
    // In their compatibility forms 42½ would be 421⁄2, and m² m2. 2️⃣ is a 2.
    .replace(/(?<=\p{Nd})½(?!\p{Nd})/gu, '.5')
    .replace(/ ?½/g, ' 1/2')
    .replace(/[¼¾²³¹\u2070-\u209c\u2150-\u215f]|\u20e3/g, ' ');
  if (ASCII.test(text)) return text.toLowerCase();
  // 160×230 is written 160x230, too.
  const folded = toAsciiDigits(foldCase(text)).replace(/(?<=\d ?)[×✕✖⨯](?= ?\d)/g, 'x');
  if (!ACCENTED.test(folded)) return folded;
  return folded
    .normalize('NFD')
    .replace(/(?<=\p{sc=Latin})\p{M}+/gu, '')
    .normalize('NFC');
}

/** ٢ and २ as 2: in Unicode the ten digits of a script stand together, in order. */
function toAsciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) as number;
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
    return String((code - first) % 10);
  });
}

/** The tokens of a folded text. */
export function tokenize(folded: string): Token[] {
  const tokens: Token[] = [];
  let end = -1;
  for (const match of folded.matchAll(ASCII.test(folded) ? ASCII_TOKEN : TOKEN)) {
    const [text] = match;
    tokens.push({
      text: DECIMAL_COMMA.test(text) ? text.replace(',', '.') : text,
      glued: match.index === end,
    });
    end = match.index + text.length;
  }
  return tokens;
}

/** The words of a phrase as they are compared: hyphens and spaces inside make no difference. */
export const wordsOf = (phrase: string): string[] =>
  tokenize(fold(phrase))
    .map((token) => token.text)
    .filter((text) => !isJoint(text));

/** A phrase that was found: what it means, and how many tokens it takes. */
export interface Phrase<T> {
  readonly meaning: T;
  readonly length: number;
}

/** What phrases mean, found by their tokens. */
export class PhraseBook<T> {
  readonly #byFirst = new Map<string, Array<{ texts: string[]; found: Phrase<T> }>>();
  readonly #merge: (known: T, more: T) => T;

  /** @param merge what a phrase means that is added twice; the first meaning, unless told otherwise */
  constructor(merge: (known: T, more: T) => T = (known) => known) {
    this.#merge = merge;
  }

  /** Hyphens and spaces inside a phrase make no difference. */
  add(phrase: string, meaning: T): void {
    const texts = wordsOf(phrase);
    const [first] = texts;
    if (first === undefined) return;
    const known = this.#byFirst.get(first) ?? [];
    const same = known.find((entry) => entry.texts.join(' ') === texts.join(' '));
    if (same) same.found = { ...same.found, meaning: this.#merge(same.found.meaning, meaning) };
    else known.push({ texts, found: { meaning, length: texts.length } });
    // The longest first.
    known.sort((a, b) => b.texts.length - a.texts.length);
    this.#byFirst.set(first, known);
  }

  /** The words that phrases begin with whose meaning is such. */
  beginnings(isSuch: (meaning: T) => boolean): ReadonlySet<string> {
    const such = [...this.#byFirst].filter(([, entries]) =>
      entries.some(({ found }) => isSuch(found.meaning)),
    );
    return new Set(such.map(([word]) => word));
  }

  /** Whether a phrase begins with this word. */
  begins(word: string): boolean {
    return this.#byFirst.has(word);
  }

  /** The longest phrase that begins at a token. */
  find(tokens: Token[], at: number): Phrase<T> | undefined {
    const entries = this.#byFirst.get(tokens[at]?.text ?? '');
    if (!entries) return undefined;
    for (const { texts, found } of entries) {
      const length = lengthOf(texts, tokens, at);
      if (length > 0) return length === found.length ? found : { ...found, length };
    }
    return undefined;
  }
}

/** What makes no difference inside a phrase. */
export const isJoint = (text: string): boolean => text === '-' || text === '‐' || text === '_';

function lengthOf(texts: string[], tokens: Token[], at: number): number {
  let next = at;
  for (const text of texts) {
    if (next > at && isJoint(tokens[next]?.text ?? '') && tokens[next]?.glued && tokens[next + 1]?.glued)
      next += 1;
    if (tokens[next]?.text !== text) return 0;
    next += 1;
  }
  return next - at;
}
