import { type Known, lexicon, namedValues, type Role, roleAt, TIMES } from './lexicon.ts';
import { isNumber } from './numbers.ts';
import { shapeOf, type Vocabulary } from './options.ts';
import { isJoint, type Token } from './tokens.ts';

/** A phrase of the lexicon, and how many tokens it takes. */
interface Phrase {
  meaning: Known;
  length: number;
}

/**
 * How many tokens stand where one of the product's values should, and name none that it comes in; 0: none.
 *
 * @param known what the lexicon knows of the words here
 */
export const findNotOffered = (
  tokens: Token[],
  at: number,
  vocabulary: Vocabulary,
  known: Phrase | undefined,
): number =>
  Math.max(
    findMissing(tokens, at, vocabulary),
    findShaded(tokens, at, vocabulary, known),
    findShape(tokens, at, vocabulary),
    findSize(tokens, at, vocabulary, known),
  );

const lengthIf = (role: Role, known: Phrase | undefined): number =>
  known?.meaning.roles.includes(role) ? known.length : 0;

/** The length of a colour or size that others of the product's values are, and that it does not come in itself. */
function findMissing(tokens: Token[], at: number, vocabulary: Vocabulary): number {
  if (vocabulary.kinds.size === 0) return 0;
  const named = namedValues.find(tokens, at);
  if (!named || !vocabulary.kinds.has(named.meaning.kind)) return 0;
  if (named.length === 1 && isPartOfWord(tokens, at)) return 0;
  // "2XL" is a size; "2 XL" are two of XL.
  const parted = tokens.slice(at + 1, at + named.length).some((token) => !token.glued);
  return parted && isNumber(tokens[at] as Token) ? 0 : named.length;
}

/** Whether a character of a script that parts no words belongs to a longer word: 大 in 大好き is no size. */
export function isPartOfWord(tokens: Token[], at: number): boolean {
  const [previous, token, next] = [tokens[at - 1], tokens[at] as Token, tokens[at + 1]];
  if (!/^\p{sc=Han}$/u.test(token.text)) return false;
  return (token.glued && previous?.chatter === true) || (next?.glued === true && next.chatter === true);
}

/** The length of a colour that is another shade of one of the product's: "dark blue". */
function findShaded(
  tokens: Token[],
  at: number,
  { values, kinds }: Vocabulary,
  known: Phrase | undefined,
): number {
  if (!kinds.has('colours')) return 0;
  const colourAt = (start: number): number =>
    namedValues.find(tokens, start)?.meaning.kind === 'colours'
      ? (values.find(tokens, start)?.length ?? 0)
      : 0;
  // "dark-blue"
  const past = (end: number): number => (isJoint(tokens[end]?.text ?? '') ? end + 1 : end);
  const shade = lengthIf('shades', known);
  if (shade > 0) {
    const colour = past(at + shade);
    return colourAt(colour) && colour + colourAt(colour) - at;
  }
  const colour = colourAt(at);
  const behind = colour && roleAt(tokens, past(at + colour), 'shades');
  return behind && past(at + colour) + behind - at;
}

const LONGEST_SHAPE = 6;

/** The length of what looks like the product's values, and is none: "512GB" where there are 128GB and 256GB. */
function findShape(tokens: Token[], at: number, vocabulary: Vocabulary): number {
  const { shapes } = vocabulary;
  if (shapes.size === 0) return 0;
  const texts: string[] = [];
  for (let length = 1; length <= LONGEST_SHAPE; length++) {
    const token = tokens[at + length - 1];
    if (!token || (length > 1 && !token.glued && !mayBeParted(tokens, at + length - 1, vocabulary))) return 0;
    if (isJoint(token.text)) continue;
    texts.push(token.text);
    const shape = shapeOf(texts);
    if (shapes.has(shape)) return length;
    if (length === 1 && ![...shapes].some((each) => each.startsWith(`${shape} `))) return 0;
  }
  return 0;
}

/** Whether what a space parts from the token before may belong to it: "512 GB", and not "3 packs" or "2 x 160x230". */
function mayBeParted(tokens: Token[], at: number, { values, product }: Vocabulary): boolean {
  if (values.find(tokens, at) || product.find(tokens, at)) return false;
  if (isNumber(tokens[at] as Token)) return !TIMES.includes(tokens[at + 1]?.text ?? '');
  const roles = lexicon.find(tokens, at)?.meaning.roles ?? [];
  return roles.every((role) => role === 'measures');
}

/** The length of a size in numbers that the product does not come in: "size 42" of a shirt. */
function findSize(
  tokens: Token[],
  at: number,
  { values, kinds, digits }: Vocabulary,
  known: Phrase | undefined,
): number {
  const said = lengthIf('sizes', known);
  if (said === 0 || (!kinds.has('sizes') && digits.length === 0)) return 0;
  const isSize = (start: number): boolean =>
    start >= 0 &&
    values.find(tokens, start) !== undefined &&
    namedValues.find(tokens, start)?.meaning.kind !== 'colours';
  // The word may stand behind its size, too.
  if (isSize(at - 1)) return 0;
  const number = at + said + (/^[:=.]$/.test(tokens[at + said]?.text ?? '') ? 1 : 0);
  if (!tokens[number] || !isNumber(tokens[number]) || values.find(tokens, number)) return 0;
  const next = lexicon.find(tokens, number + 1)?.meaning.roles ?? [];
  const isCount =
    isSize(number + 1) ||
    TIMES.includes(tokens[number + 1]?.text ?? '') ||
    (next.includes('units') && !next.includes('begs'));
  return isCount ? 0 : number + 1 - at;
}
