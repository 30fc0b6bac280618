import type { Product } from './catalog.ts';
import { lexicon, type NamedValue, namedValues, namesOf, numberWords } from './lexicon.ts';
import { fold, PhraseBook, tokenize, wordsOf } from './tokens.ts';

/** What a product and the values of its options are called. */
export interface Vocabulary {
  values: PhraseBook<{ option: number; value: string }>;
  product: PhraseBook<true>;
  /** Colours, where it has any, and sizes: the others of their kind stand where a value should. */
  kinds: Set<NamedValue['kind']>;
  /** How many digits the values of an option have that are all numbers: other numbers of that length are no quantities. */
  digits: number[];
  /** The values of an option are all numbers: those with decimals are no quantities, either. */
  numeric: boolean;
  /** What values look like that hold digits, as "# gb" of "128GB": others of that look stand where a value should. */
  shapes: Set<string>;
}

/**
 * Numbers and single letters differ from value to value, as in 34B; what multiplies stays.
 *
 * @param texts the words of a phrase
 */
export const shapeOf = (texts: string[]): string =>
  texts.map((text, n) => text.replace(/^\d[\d.,]*$/, '#').replace(n > 0 ? /^[a-wyz]$/ : /^$/, '@')).join(' ');

/** For words that are read before the product is known. */
export const noVocabulary: Vocabulary = {
  values: new PhraseBook(),
  product: new PhraseBook(),
  kinds: new Set(),
  digits: [],
  numeric: false,
  shapes: new Set(),
};

type Sold = Pick<Product, 'sku' | 'options' | 'words'>;

const vocabularies = new WeakMap<Sold, Vocabulary>();

export function vocabularyOf(product: Sold): Vocabulary {
  const known = vocabularies.get(product);
  if (known) return known;
  const vocabulary: Vocabulary = {
    values: new PhraseBook(),
    product: new PhraseBook(),
    kinds: new Set(),
    digits: [],
    numeric: false,
    shapes: new Set(),
  };
  for (const word of product.words) {
    // A "t-shirt" is a "tshirt", too.
    for (const name of new Set([word, word.replaceAll('-', '')]))
      for (const form of [name, `${name}s`, `${name}es`]) vocabulary.product.add(form, true);
  }
  const own = new Set<string>();
  for (const [option, { values }] of product.options.entries()) {
    for (const { value, words } of values) {
      for (const name of [value, ...(words ?? [])]) {
        own.add(fold(name));
        vocabulary.values.add(name, { option, value });
      }
    }
  }
  // What the merchant says goes first: a built-in name that is also another value's own word is that one's.
  for (const [option, { name: called, values }] of product.options.entries()) {
    const kinds = kindsOf(called, values);
    for (const { value, words } of values) {
      for (const named of [value, ...(words ?? [])].flatMap(asNamed)) {
        if (!kinds.includes(named.kind)) continue;
        vocabulary.kinds.add(named.kind);
        for (const name of namesOf(named)) {
          if (!own.has(fold(name))) vocabulary.values.add(name, { option, value });
        }
      }
    }
    // Half sizes are sizes of their whole numbers' length.
    const wholes = values.map(({ value }) => /^(\d+)(?:[.,]\d+)?$/.exec(value)?.[1]?.length ?? 0);
    for (const shape of values.map(({ value }) => shapeOf(wordsOf(value))))
      if (/^# | #/.test(shape)) vocabulary.shapes.add(shape);
    vocabulary.numeric ||= !wholes.includes(0);
    if (!wholes.includes(0)) vocabulary.digits.push(...new Set(wholes.filter((length) => length > 1)));
  }
  // What people make of a name goes last.
  for (const [option, { name: called, values }] of product.options.entries()) {
    const kinds = kindsOf(called, values);
    for (const { value, words } of values) {
      for (const name of [value, ...(words ?? [])].flatMap((each) => variationsOf(each, kinds)))
        vocabulary.values.add(name, { option, value });
    }
  }
  vocabularies.set(product, vocabulary);
  return vocabulary;
}

type Kind = NamedValue['kind'];

/**
 * Whether an option is one of colours, or of sizes: its name says so, or most of its values are. A scent of roses is
 * not pink.
 */
function kindsOf(called: string, values: Sold['options'][number]['values']): Kind[] {
  const words = tokenize(fold(called));
  const says = (kind: Kind): boolean =>
    words.some((_, at) => lexicon.find(words, at)?.meaning.roles.includes(kind));
  const count = (kind: Kind): number =>
    values.filter(({ value, words: own }) =>
      [value, ...(own ?? [])].flatMap(asNamed).some((named) => named.kind === kind),
    ).length;
  return (['colours', 'sizes'] as const).filter((kind) => says(kind) || 2 * count(kind) > values.length);
}

/** What people make of a name: its number in words ("two pack"), its plural ("mediums"), and that of its other names. */
function variationsOf(name: string, kinds: Kind[]): string[] {
  const [, number, rest] = /^(\d{1,2})[ -](\p{L}{3,})$/u.exec(name) ?? [];
  // "2 packs" are two of them.
  const plurals = [
    name,
    ...asNamed(name)
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap(namesOf),
  ].filter((form) => PLURAL.test(form));
  return [
    ...numberWords(Number(number)).map((word) => `${word} ${rest}`),
    ...plurals.map((form) => `${form}s`).filter((form) => !lexicon.begins(fold(form))),
    ...(LETTERS.test(name) ? [`${name}'s`] : []),
  ];
}

const LETTERS = /^[a-z]{1,3}$/i;
const PLURAL = /^\D*[a-z]{2}[a-rt-z]$/i;

/** The colours or sizes that a whole name stands for: one, or none. */
export function asNamed(name: string): NamedValue[] {
  const tokens = tokenize(fold(name));
  const found = namedValues.find(tokens, 0);
  return found?.length === tokens.length ? [found.meaning] : [];
}

/** The choices that a product's options allow, each with the SKU of its variant. */
export function combinations({
  sku,
  options,
}: Pick<Product, 'sku' | 'options'>): Array<{ sku: string; choice: string[] }> {
  let choices: string[][] = [[]];
  for (const { values } of options)
    choices = choices.flatMap((choice) => values.map(({ value }) => [...choice, value]));
  return choices.map((choice) => ({ sku: skuOf(sku, choice), choice }));
}

/** A variant's SKU is the product's, then its values. */
export const skuOf = (sku: string, choice: string[]): string => [sku, ...choice].join('-');

const variants = new WeakMap<Pick<Product, 'sku' | 'options'>, Map<string, string[]>>();

/** The choice that each variant's SKU stands for. */
export function choiceBySku(product: Pick<Product, 'sku' | 'options'>): Map<string, string[]> {
  const known =
    variants.get(product) ?? new Map(combinations(product).map(({ sku, choice }) => [sku, choice]));
  variants.set(product, known);
  return known;
}
