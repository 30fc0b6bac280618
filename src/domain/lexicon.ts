import { PhraseBook, type Token } from './tokens.ts';
import { languages } from './words/index.ts';
import { colours, sizes } from './words/values.ts';
import type { Words } from './words/words.ts';

/** What a word of some language may do in an order. */
export type Role = Exclude<keyof Words, 'numbers' | 'values'>;

/** All that a phrase may mean, in whatever language. */
export interface Known {
  roles: Role[];
  number?: number | undefined;
}

/** What does one thing does another, too. */
const IMPLIED: Partial<Record<Role, Role[]>> = { begs: ['units'], sizes: ['fillers'], colours: ['fillers'] };

/** The words of all languages. */
export const lexicon = new PhraseBook<Known>((known, more) => ({
  roles: [...new Set([...known.roles, ...more.roles])],
  number: known.number ?? more.number,
}));
for (const { numbers, values: _, ...lists } of languages) {
  for (const [word, number] of Object.entries(numbers)) lexicon.add(word, { roles: [], number });
  for (const [role, phrases] of Object.entries(lists) as Array<[Role, string[]]>)
    for (const phrase of phrases) lexicon.add(phrase, { roles: [role, ...(IMPLIED[role] ?? [])] });
}

/** How many tokens the phrase at a token takes, if it does such; 0: it does not. */
export function roleAt(tokens: Token[], at: number, role: Role): number {
  const found = lexicon.find(tokens, at);
  return found?.meaning.roles.includes(role) ? found.length : 0;
}

/** What a number is called, in all languages. */
export const numberWords = (number: number): string[] =>
  languages.flatMap(({ numbers }) => Object.keys(numbers).filter((word) => numbers[word] === number));

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

/** Signs between a number and what it counts. */
export const TIMES = ['x', '×', '*', '✕', '✖', '⨯'];

/** Whether no phrase of any language begins with this word. */
export const isChatter = (word: string): boolean =>
  /^[\p{L}\p{M}]/u.test(word) && !lexicon.begins(word) && !namedValues.begins(word) && !TIMES.includes(word);

/** All that a value is called, by one of its names. */
export const namesOf = ({ kind, index }: NamedValue): string[] =>
  (kind === 'colours' ? colours : sizes)[index] ?? [];
