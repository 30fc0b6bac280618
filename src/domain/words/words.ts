import type { Value } from './values.ts';

/**
 * The words by which shoppers order in one language, as they write them: case, accents and full-width forms make no
 * difference, and the words of a phrase are parted by a space. Everything here may also stand in another language's
 * text; what is read is decided by what stands beside it.
 */
export interface Words {
  /** Numbers in words. Not those that are also something else ("once", "on"), and no articles: none means one. */
  numbers: Record<string, number>;
  /** What is counted: stands behind a number ("2 pieces"). */
  units: string[];
  /** Makes an order of the number that it stands behind: "2 please", "2 for me". */
  begs: string[];
  /** Goes on behind a number that somebody wants: "I need 4 for the office", "a couple of mugs". */
  aims: string[];
  /** Twelves, behind how many: "2 dozen". */
  dozens: string[];
  /** Half of one on top of the number before it: "42 and a half". */
  halves: string[];
  /** Stands before a number: "qty 2". */
  quantity: string[];
  /** Stands behind a number that counts something else: "5 years". */
  measures: string[];
  /** Asks for the number behind it: "I'll take 2". */
  wants: string[];
  /** Stands before a number that counts something else: "since 2019", "I have 2". */
  others: string[];
  /** Beside a number: on top of what is in the cart ("2 more"). */
  more: string[];
  /** Alone: one on top of what is in the cart. */
  another: string[];
  /** Says that a size stands beside it: "size M". */
  sizes: string[];
  /** Says that a colour stands beside it: "color: red". */
  colours: string[];
  /** Makes another colour of the one beside it: "dark blue", "azul claro". */
  shades: string[];
  /** Says nothing by itself: "the M"; and what only looks like a denial: "why not". */
  fillers: string[];
  /** Stands before what is not meant: the tag ("don't #AddToCart"), a value ("L not M"). */
  no: string[];
  /** May stand between such a word and the tag: "don't just #AddToCart". */
  between: string[];
  /** The same, behind the tag or the value. */
  noAfter: string[];
  /** Declines by itself, beside the tag: "no thanks". */
  declines: string[];
  /** Stands before the value that another one replaces: "L instead of M". */
  instead: string[];
  /** Begins a question about the tag: "how does #AddToCart work?". */
  ask: string[];
  /** Asks about the tag that it stands behind. */
  askAfter: string[];
  /** Asks about the tag that it stands before, with or without a question mark: "how do I use #AddToCart". */
  askBefore: string[];
  /** Asks how this goes, alone beside a tag: "#AddToCart help". */
  help: string[];
  /** A no by itself: in front of a tag that says "stop" it denies nothing. */
  refusal: string[];
  /** Says alone, beside a tag, that its writer wants no more of this. */
  stop: string[];
  /** What colours and sizes are called, in all of their forms. */
  values: Partial<Record<Value, string[]>>;
}
