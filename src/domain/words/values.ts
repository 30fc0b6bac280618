import { languages } from './index.ts';

/** What is the same in all languages: signs of colours, letters of sizes. */
const colourSigns = {
  red: ['🔴', '🟥'],
  blue: ['🔵', '🟦'],
  black: ['⚫', '⬛'],
  white: ['⚪', '⬜'],
  green: ['🟢', '🟩'],
  yellow: ['🟡', '🟨'],
  grey: [],
  pink: [],
  purple: ['🟣', '🟪'],
  orange: ['🟠', '🟧'],
  brown: ['🟤', '🟫'],
  navy: [],
  beige: [],
  gold: [],
  silver: [],
  turquoise: [],
  burgundy: [],
  khaki: [],
};
const sizeLetters = {
  xxs: ['xxs', '2xs'],
  xs: ['xs'],
  s: ['s'],
  m: ['m'],
  l: ['l'],
  xl: ['xl'],
  xxl: ['2xl', 'xxl'],
  xxxl: ['3xl', 'xxxl'],
  xxxxl: ['4xl', 'xxxxl'],
  xxxxxl: ['5xl', 'xxxxxl'],
};

/** The colours and sizes that have names in every language. */
export type Value = keyof typeof colourSigns | keyof typeof sizeLetters;

const inAllLanguages = (signs: Partial<Record<Value, string[]>>): string[][] =>
  (Object.entries(signs) as Array<[Value, string[]]>).map(([value, own]) => [
    ...new Set([...own, ...languages.flatMap(({ values }) => values[value] ?? [])]),
  ]);

/**
 * What colours and sizes are called, in every language: a merchant who sells "BLACK" need not list these. What a
 * merchant's own words say goes first. Each list is one value.
 */
export const colours: string[][] = inAllLanguages(colourSigns);
export const sizes: string[][] = inAllLanguages(sizeLetters);
