import type { Report } from './catalog-faults.ts';
import type { ProductEntry } from './catalog-file.ts';
import { say } from './catalog-texts.ts';
import { type Item, readItems } from './items.ts';
import { lexicon, type Role } from './lexicon.ts';
import { asNamed, type Vocabulary, vocabularyOf } from './options.ts';
import { fold, tokenize, wordsOf } from './tokens.ts';

/** Up to here a number may be how many somebody wants, where the product has no limit. */
const LIKELY_QUANTITY = 100;

/** A name of an option's value, and where it stands below the product. */
interface Name {
  word: string;
  option: number;
  value: string;
  path: PropertyKey[];
}

/** What is wrong with the words of a product's options, by paths below the product. */
type Found = Array<{ kind: keyof Report; path: PropertyKey[]; message: string; see?: PropertyKey[] }>;

/** Checks what values are called. Products with the same options are many: each kind is looked at once. */
export function optionWordsChecker(report: Report): (product: ProductEntry, path: PropertyKey[]) => void {
  const known = new Map<string, Found>();
  return ({ sku, words, options, limit }, path) => {
    for (const [w, word] of words.entries())
      for (const { message } of findSaidAnyway(word, sku, [])) report.warning([...path, 'words', w], message);
    if (options.length === 0) return;
    const key = JSON.stringify([options, limit]);
    const found = known.get(key) ?? checkWords(options, limit);
    known.set(key, found);
    for (const { kind, path: own, message, see } of found)
      report[kind]([...path, ...own], message, see && [...path, ...see]);
  };
}

function checkWords(options: ProductEntry['options'], limit: number | undefined): Found {
  const names = options.flatMap(({ values }, option) =>
    values.flatMap(({ value, words }, v): Name[] => {
      const path = ['options', option, 'values', v];
      return [
        { word: value, option, value, path: [...path, 'value'] },
        ...words.map((word, w) => ({ word, option, value, path: [...path, 'words', w] })),
      ];
    }),
  );
  const clashes = findClashes(names, options);
  const anyway = names.flatMap(({ word, value, path }) => findSaidAnyway(word, value, path));
  if (clashes.length > 0) return [...clashes, ...anyway];
  const vocabulary = vocabularyOf({ sku: '', words: [], options });
  return [
    ...findUnread(names, options, vocabulary),
    ...findNumbers(names, limit, vocabulary),
    ...anyway,
    ...findCommonNames(names),
  ];
}

/** Words that name two values. */
function findClashes(names: Name[], options: ProductEntry['options']): Found {
  const seen = new Map<string, Name>();
  return names.flatMap((name): Found => {
    const { word, option, value, path } = name;
    const phrase = wordsOf(word).join(' ');
    const before = seen.get(phrase);
    if (!before) seen.set(phrase, name);
    if (!before || (before.option === option && before.value === value)) return [];
    const nameOf = (o: number): string => options[o]?.name ?? '';
    const message =
      before.option === option
        ? say('clash_in_option', { word, value, other: before.value })
        : say('clash_between_options', {
            word,
            value,
            option: nameOf(option),
            other: before.value,
            other_option: nameOf(before.option),
          });
    return [{ kind: 'error', path, message, see: before.path }];
  });
}

/** Words that replies cannot name their value by, because they are read as something else. */
function findUnread(names: Name[], options: ProductEntry['options'], vocabulary: Vocabulary): Found {
  const unread = names.flatMap((name) => {
    const reading = readingOf(name, options, vocabulary);
    return reading === undefined ? [] : [{ name, reading }];
  });
  return unread.flatMap(({ name, reading }): Found => {
    const { word, option, value, path } = name;
    const isSame = (other: Name): boolean => other.option === option && other.value === value;
    const isNameable = names.filter(isSame).length > unread.filter((each) => isSame(each.name)).length;
    if (isNameable) return [{ kind: 'warning', path, message: say('word_unread', { word, value, reading }) }];
    const isFirst = unread.find((each) => isSame(each.name))?.name === name;
    return isFirst ? [{ kind: 'error', path, message: say('unnameable', { word, value, reading }) }] : [];
  });
}

/** What a word is read as. `undefined`: as the value that it names. */
function readingOf(
  { word, option, value }: Name,
  options: ProductEntry['options'],
  vocabulary: Vocabulary,
): string | undefined {
  const [item, ...more] = readItems(tokenize(fold(word)), vocabulary);
  if (item?.kind === 'value') {
    if (item.option === option && item.value === value && more.length === 0) return undefined;
    return `${options[item.option]?.name} ${item.value}${more.length > 0 ? ' and more' : ''}`;
  }
  return READINGS[item?.kind ?? 'sign'];
}

const READINGS: Record<Exclude<Item['kind'], 'value'>, string> = {
  tag: 'a tag',
  number: 'a number',
  quantity: 'a number of pieces',
  unknown: 'a value that there is not',
  role: 'a word of the order',
  product: 'the product',
  word: 'chatter',
  sign: 'a sign',
};

/** What words do that may well be a value's own: "bottle", "light". */
const NAMES: Role[] = ['units', 'dozens', 'halves', 'measures', 'shades', 'sizes', 'colours'];

/** Words that shoppers write anyway, as "please" or "the". */
function findSaidAnyway(word: string, meant: string, path: PropertyKey[]): Found {
  const tokens = tokenize(fold(word));
  const known = lexicon.find(tokens, 0);
  const roles = known?.length === tokens.length ? known.meaning.roles : [];
  const isName = roles.includes('sizes') || roles.includes('colours');
  return roles.some((role) => !NAMES.includes(role)) && !isName
    ? [{ kind: 'warning', path, message: say('said_anyway', { word, meant }) }]
    : [];
}

/** Words that could be meant as a number of pieces. */
function findNumbers(names: Name[], limit = LIKELY_QUANTITY, vocabulary: Vocabulary): Found {
  return names.flatMap(({ word, value, path }): Found => {
    const number = numberOf(word);
    if (number === undefined || number > limit || number < 1) return [];
    const isRead = readItems(tokenize(fold(word)), vocabulary)[0]?.kind === 'value';
    return isRead
      ? [{ kind: 'warning', path, message: say('number_as_value', { word, value, number }) }]
      : [];
  });
}

function numberOf(word: string): number | undefined {
  const tokens = tokenize(fold(word));
  const [only] = tokens;
  if (tokens.length === 1 && only && /^\d+$/.test(only.text)) return Number(only.text);
  const known = lexicon.find(tokens, 0);
  return known?.length === tokens.length ? known.meaning.number : undefined;
}

/** Words that are also what another value is commonly called. */
function findCommonNames(names: Name[]): Found {
  const values = names.filter(({ path }) => path.at(-1) === 'value');
  return names.flatMap(({ word, option, value, path }): Found => {
    const [named] = asNamed(word);
    if (!named) return [];
    const other = values.find(
      (each) =>
        (each.option !== option || each.value !== value) &&
        asNamed(each.word).some(({ kind, index }) => kind === named.kind && index === named.index),
    );
    if (!other) return [];
    return [
      {
        kind: 'warning',
        path,
        message: say('common_name', { word, value, other: other.value }),
        see: other.path,
      },
    ];
  });
}
