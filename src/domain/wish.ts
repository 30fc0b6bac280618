import type { Product } from './catalog.ts';
import { hasRole, type Item, readItems } from './items.ts';
import { joinNumbers } from './join-numbers.ts';
import { lexicon, namedValues } from './lexicon.ts';
import { type Vocabulary, vocabularyOf } from './options.ts';
import type { Token } from './tokens.ts';

/** A number of one variant, as far as the words name it. */
export interface Wish {
  /** The value of each option; `undefined` where none is said. */
  choice: Array<string | undefined>;
  /** Explicit: the line's new total; with `more`: on top of what there is. `undefined`: no number is said. */
  quantity?: { value: number; more: boolean };
}

/** What a reply wants of a product. */
export type Wishes =
  | { kind: 'unknown_option' | 'conflicting_option' }
  | {
      kind: 'wishes';
      wishes: Wish[];
      /** What is wrong with the numbers; it counts after missing options. */
      fault?: 'invalid_quantity' | 'conflicting_quantity';
      /** Values that are not meant: "L not M". */
      not: Array<{ option: number; value: string }>;
    };

/** Reads what a reply's words say about a product's options and how many of it. */
export function readWishes(tokens: Token[], product: Pick<Product, 'sku' | 'options' | 'words'>): Wishes {
  const vocabulary = vocabularyOf(product);
  if (!tokens.some((token) => isTelling(token, vocabulary)))
    return { kind: 'wishes', wishes: [{ choice: product.options.map(() => undefined) }], not: [] };
  const items = joinNumbers(readItems(tokens, vocabulary));
  if (items.some((item) => item.kind === 'unknown')) return { kind: 'unknown_option' };
  const { meant, not } = setAside(items);
  const groups = groupItems(meant);
  const wishes = new Map<string, Wish>();
  let fault: 'invalid_quantity' | 'conflicting_quantity' | undefined;
  for (const group of groups) {
    const choice: Wish['choice'] = product.options.map(() => undefined);
    for (const { option, value } of group.values) {
      if (choice[option] !== undefined && choice[option] !== value) return { kind: 'conflicting_option' };
      choice[option] = value;
    }
    const same = wishes.get(choice.join('\n'));
    if (!same)
      wishes.set(choice.join('\n'), { choice, ...(group.quantity ? { quantity: group.quantity } : {}) });
    else if (!group.quantity || !same.quantity) same.quantity ??= group.quantity;
    else if (same.quantity.value !== group.quantity.value || same.quantity.more !== group.quantity.more)
      fault ??= 'conflicting_quantity';
  }
  if (meant.some((item) => item.kind === 'quantity' && Number.isNaN(item.value))) fault = 'invalid_quantity';
  return { kind: 'wishes', wishes: [...wishes.values()], not, ...(fault ? { fault } : {}) };
}

const COUNTS = lexicon.beginnings(({ roles, number }) => number !== undefined || roles.includes('another'));

/** Whether a word may say something about an order. Most replies are a tag, and chatter. */
const isTelling = ({ text, chatter }: Token, { values, kinds }: Vocabulary): boolean =>
  values.begins(text) ||
  (!chatter &&
    ((text >= '0' && text < ':') || COUNTS.has(text) || (kinds.size > 0 && namedValues.begins(text))));

/** Takes out values that are named only to say that they are not meant. */
export function setAside(items: Item[]): { meant: Item[]; not: Array<{ option: number; value: string }> } {
  const not: Array<{ option: number; value: string }> = [];
  const meant = items.filter((item, at) => {
    if (item.kind !== 'value') return true;
    let before = at - 1;
    while (hasRole(items[before], 'fillers')) before -= 1;
    const next = items[at + 1];
    // 不要 says no to what stands behind it, or else before it.
    const isNextOnes = hasRole(next, 'no') && items[at + 2]?.kind === 'value';
    const denied =
      hasRole(items[before], 'no') ||
      hasRole(items[before], 'instead') ||
      (hasRole(next, 'noAfter') && !isNextOnes);
    if (denied) not.push({ option: item.option, value: item.value });
    return !denied;
  });
  return { meant, not };
}

interface Group {
  values: Array<{ option: number; value: string }>;
  quantity?: { value: number; more: boolean };
}

/**
 * Which values belong to which quantity: "1 red M and 2 blue L". With at most one quantity all is one line. With
 * more, each begins a line, or, where values come first and a quantity last, ends one. What stands before the
 * first of those that begin lines is said of all.
 */
function groupItems(items: Item[]): Group[] {
  const said = items.filter((item) => item.kind === 'quantity' || item.kind === 'value');
  const groups: Group[] = [];
  const endsLines = said[0]?.kind === 'value' && said.at(-1)?.kind === 'quantity';
  const quantities = said.filter((item) => item.kind === 'quantity').length;
  let open: Group = { values: [] };
  const shared: Group['values'] = [];
  for (const item of said) {
    if (item.kind === 'value') {
      const ofAll = quantities > 1 && !endsLines && groups.length === 0 && !open.quantity;
      (ofAll ? shared : open.values).push({ option: item.option, value: item.value });
      continue;
    }
    if (item.kind !== 'quantity') continue;
    const { value, more } = item;
    if (quantities > 1 && !endsLines && open.quantity) {
      groups.push(open);
      open = { values: [] };
    }
    open.quantity = { value, more };
    if (quantities > 1 && endsLines) {
      groups.push(open);
      open = { values: [] };
    }
  }
  if (open.values.length > 0 || open.quantity || groups.length === 0) groups.push(open);
  // A quantity without values of its own repeats another one, or contradicts it.
  const named = groups.filter(({ values }) => values.length > 0);
  const bare = groups.filter(({ values }) => values.length === 0);
  if (named.length === 0) return bare.map((group) => ({ ...group, values: shared }));
  const first = named[0] as Group;
  const repeated = bare.map((group) => ({ ...group, values: first.values }));
  return [...named, ...repeated].map((group) => ({ ...group, values: [...shared, ...group.values] }));
}
