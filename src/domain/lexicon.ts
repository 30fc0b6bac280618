import { fold, PhraseBook } from './tokens.ts';
import { languages } from './words/index.ts';
import { colours, sizes } from './words/values.ts';
import type { Words } from './words/words.ts';

/** What a word of some language may do in an order. */
export type Role = Exclude<keyof Words, 'numbers'>;

/** All that a phrase may mean, in whatever language. */
export interface Known {
  roles: Role[];
  number?: number;
}

const known = new Map<string, Known>();
const learn = (phrase: string, role: Role | undefined, number?: number): void => {
  const key = fold(phrase);
  const entry = known.get(key) ?? { roles: [] };
  if (role && !entry.roles.includes(role)) entry.roles.push(role);
  if (number !== undefined) entry.number = number;
  known.set(key, entry);
};
for (const { numbers, ...lists } of languages) {
  for (const [word, number] of Object.entries(numbers)) learn(word, undefined, number);
  for (const [role, phrases] of Object.entries(lists) as Array<[Role, string[]]>)
    for (const phrase of phrases) learn(phrase, role);
}

/** The words of all languages. */
export const lexicon = new PhraseBook<Known>();
for (const [phrase, meaning] of known) lexicon.add(phrase, meaning);

export interface NamedValue {
  kind: 'colours' | 'sizes';
  /** Which value of its kind. */
  index: number;
}

/** What colours and sizes are called. */
export const namedValues = new PhraseBook<NamedValue>();
for (const [kind, lists] of Object.entries({ colours, sizes }) as Array<[NamedValue['kind'], string[][]]>)
  for (const [index, names] of lists.entries())
    for (const name of names) namedValues.add(name, { kind, index });

/** All that a value is called, by one of its names. */
export const namesOf = ({ kind, index }: NamedValue): string[] =>
  (kind === 'colours' ? colours : sizes)[index] ?? [];

/** The words that phrases of these kinds begin with: where none of them stands, there is nothing to look for. */
export function beginnings(of: (meaning: Known) => boolean): ReadonlySet<string> {
  return new Set([...lexicon.words].filter((word) => lexicon.beginning(word).some(of)));
}
