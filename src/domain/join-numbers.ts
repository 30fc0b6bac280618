import { hasRole, type Item } from './items.ts';

/** Signs that part nothing. Nor do emoji. */
const SOFT = /^[:=,;–—\-()"“”…→/|!！、，：\p{So}\p{Sk}]$/u;
const isSoft = (item: Item | undefined): boolean => item?.kind === 'sign' && SOFT.test(item.text);
/** Behind a number these make something else of it, as in 6". */
const INCHES = ['"', '“', '”', '('];
/** Other signs between two numbers of which one is meant. */
const JOINS = ['+', '&', '.', '?'];

/** Makes quantities of those numbers whose neighbours say so; the others count something else. */
export function joinNumbers(items: Item[]): Item[] {
  const joined: Item[] = [];
  items.forEach((item, at) => void joined.push(joinNumber(item, at, items, joined)));
  return joined;
}

/** @param joined what has been made of the items before */
function joinNumber(item: Item, at: number, items: Item[], joined: Item[]): Item {
  const [previous, next] = [items[at - 1], items[at + 1]];
  if (hasRole(item, 'another') && !isNumber(next))
    return ends(items, at) ? { kind: 'quantity', value: 1, more: true } : item;
  if (item.kind !== 'number' && item.kind !== 'quantity') return item;
  const more =
    item.more ||
    hasRole(previous, 'more') ||
    hasRole(previous, 'another') ||
    hasRole(next, 'more') ||
    (hasRole(next, 'units') && hasRole(items[at + 2], 'more'));
  if (item.kind === 'number' && !counts(items, at) && !isAnother(items, at, joined)) return item;
  return { kind: 'quantity', value: item.value, more };
}

const isNumber = (item: Item | undefined): boolean => item?.kind === 'number' || item?.kind === 'quantity';

function counts(items: Item[], at: number): boolean {
  const item = items[at] as Item & { kind: 'number' };
  const [previous, next] = [items[at - 1], items[at + 1]];
  if (hasRole(next, 'more') || hasRole(previous, 'more')) return !hasRole(items[at + 2], 'measures');
  let behind = at + 1;
  while (hasRole(items[behind], 'fillers')) behind += 1;
  if (items[behind]?.kind === 'value') return !isPronoun(items, at, behind);
  if (hasRole(previous, 'others')) return false;
  const before = skip(items, at, -1);
  const after = skip(items, at, 1);
  const wanted = hasRole(previous, 'wants');
  if (isBegged(items, at) && (wanted || items[before]?.kind === 'tag' || begins(items, at))) return true;
  if (hasRole(next, 'units')) return wanted || items[before]?.kind === 'tag' || !goesOn(items[at + 2]);
  if (isYear(item)) return false;
  if ((hasRole(items[after], 'units') || items[after]?.kind === 'value') && begins(items, at)) return true;
  if (next?.kind === 'product' && (wanted || begins(items, at))) return true;
  // A number in words may be a word of another language: only where nothing stands beside it that it could belong to.
  if (items[after]?.kind === 'tag' && (begins(items, at) || (after === at + 1 && (wanted || !item.inWords))))
    return true;
  // "One of the best" says no number.
  const isLast =
    ends(items, at) ||
    (item.value > 1 && hasRole(next, 'aims')) ||
    (hasRole(next, 'fillers') && isNumber(items[at + 2]));
  if (wanted && isLast) return true;
  const named = items[before]?.kind === 'value' || items[before]?.kind === 'product';
  // "The red one" says no number.
  if (named && isParted(items, at) && !(item.inWords && item.value === 1)) return true;
  return items[before]?.kind === 'tag' && (!item.inWords || isLast);
}

/** "The blue one in L": what is said of one thing goes on behind it. */
function isPronoun(items: Item[], at: number, behind: number): boolean {
  const { value, inWords } = items[at] as Item & { kind: 'number' };
  if (!inWords || value !== 1 || items[at - 1]?.kind !== 'value') return false;
  const options = new Set<number>();
  for (let before = at - 1; ; before -= 1) {
    const item = items[before];
    if (item?.kind === 'value') options.add(item.option);
    else if (!hasRole(item, 'fillers')) break;
  }
  return !options.has((items[behind] as Item & { kind: 'value' }).option);
}

/** "Two cups please": whatever they are called, somebody wants two. */
const isBegged = (items: Item[], at: number): boolean =>
  items[at + 1]?.kind === 'word' &&
  !goesOn(items[at + 1]) &&
  hasRole(items[at + 2], 'begs') &&
  (items[at] as Item & { kind: 'number' }).value > 1;

/** Where the first item stands, to the left or to the right, that is no soft sign. */
function skip(items: Item[], at: number, step: 1 | -1): number {
  let next = at + step;
  while (isSoft(items[next])) next += step;
  return next;
}

/** "2 or 3": a number by itself, behind one that counts. Which of them is meant is to be asked. */
function isAnother(items: Item[], at: number, joined: Item[]): boolean {
  const item = items[at] as Item & { kind: 'number' };
  if (!isParted(items, at) || isYear(item)) return false;
  let before = at - 1;
  const joins = (each: Item | undefined): boolean =>
    isSoft(each) ||
    hasRole(each, 'fillers') ||
    hasRole(each, 'refusal') ||
    (each?.kind === 'sign' && JOINS.includes(each.text));
  while (joins(items[before])) before -= 1;
  return joined[before]?.kind === 'quantity';
}

const isYear = ({ value, inWords }: { value: number; inWords: boolean }): boolean =>
  !inWords && value >= 1900 && value < 2100;

/** Whether a word goes on without a space: what is counted is that word, as 孩子 in 两个孩子. */
const goesOn = (item: Item | undefined): boolean => item?.kind === 'word' && item.glued;

/** Whether the order begins here, and not a sentence before. */
function begins(items: Item[], at: number): boolean {
  const previous = items[at - 1];
  if (previous?.kind === 'role') return hasRole(previous, 'units') || hasRole(previous, 'fillers');
  return previous?.kind !== 'word';
}

/** Whether what stands here belongs to the order, and not to a sentence that goes on. */
function ends(items: Item[], at: number): boolean {
  const next = items[at + 1];
  if (next?.kind === 'role') return hasRole(next, 'units') || hasRole(next, 'more');
  return next?.kind !== 'word';
}

/** Whether nothing goes on here: the text ends, or a sign or the tag parts what follows. */
function isParted(items: Item[], at: number): boolean {
  const next = items[at + 1];
  if (next === undefined || next.kind === 'tag' || next.kind === 'value' || hasRole(next, 'fillers'))
    return true;
  if (isSoft(next)) return !INCHES.includes((next as Item & { kind: 'sign' }).text);
  return next.kind === 'sign' && /^[.?？。؟،]$/u.test(next.text);
}
