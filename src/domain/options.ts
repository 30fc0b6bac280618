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
  /** What values look like that hold digits, as "# gb" of "128GB": others of that look stand where a value should. */
  shapes: Set<string>;
}

/** @param texts the words of a phrase */
export const shapeOf = (texts: string[]): string =>
  texts.map((text) => text.replace(/^\d[\d.,]*$/, '#')).join(' ');

/** For words that are read before the product is known. */
export const noVocabulary: Vocabulary = {
  values: new PhraseBook(),
  product: new PhraseBook(),
  kinds: new Set(),
  digits: [],
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
  for (const [option, { values }] of product.options.entries()) {
    for (const { value, words } of values) {
      for (const named of [value, ...(words ?? [])].flatMap(asNamed)) {
        vocabulary.kinds.add(named.kind);
        for (const name of namesOf(named)) {
          if (!own.has(fold(name))) vocabulary.values.add(name, { option, value });
        }
      }
    }
    // Half sizes are sizes of their whole numbers' length.
    const wholes = values.map(({ value }) => /^(\d+)(?:[.,]\d+)?$/.exec(value)?.[1]?.length ?? 0);
    for (const shape of values.map(({ value }) => shapeOf(wordsOf(value))))
      if (shape.startsWith('# ')) vocabulary.shapes.add(shape);
    if (!wholes.includes(0)) vocabulary.digits.push(...new Set(wholes.filter((length) => length > 1)));
  }
  // What people make of a name goes last.
  for (const [option, { values }] of product.options.entries()) {
    for (const { value, words } of values) {
      for (const name of [value, ...(words ?? [])].flatMap(variationsOf))
        vocabulary.values.add(name, { option, value });
    }
  }
  vocabularies.set(product, vocabulary);
  return vocabulary;
}

/** What people make of a name: its number in words ("two pack"), its plural ("mediums"), and that of its other names. */
function variationsOf(name: string): string[] {
  const [, number, rest] = /^(\d{1,2})[ -](\p{L}{3,})$/u.exec(name) ?? [];
  // "2 packs" are two of them.
  const plurals = [name, ...asNamed(name).flatMap(namesOf)].filter((form) => PLURAL.test(form));
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
