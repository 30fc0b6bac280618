import { webAddressesIn } from './web-addresses.ts';

/** The longest post that everybody may write, and where X cuts the `text` of a longer one. */
export const LONGEST_TEXT = 280;
const ADDRESS_WEIGHT = 23;
/** Characters that count once; all others, and every emoji, count twice (twitter-text 3.1, configuration v3). */
const LIGHT: Array<[from: number, to: number]> = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
];
const PICTURE = '\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier})?';
const EMOJI = `\\p{RI}\\p{RI}|[0-9#*]\\ufe0f?\\u20e3|${PICTURE}(?:\\u200d${PICTURE})*`;
const PIECES = new RegExp(`(${EMOJI})|.`, 'gsu');

/** How long a text is by X's count. */
export const weightOf = (text: string): number =>
  piecesOf(text).reduce((sum, piece) => sum + piece.weight, 0);

/** The longest beginning of a text that has at most this weight; addresses and emojis are not cut in two. */
export function cutTo(text: string, weight: number): string {
  let left = weight;
  let cut = '';
  for (const piece of piecesOf(text)) {
    left -= piece.weight;
    if (left < 0) break;
    cut += piece.text;
  }
  return cut;
}

interface Piece {
  text: string;
  weight: number;
}

function piecesOf(written: string): Piece[] {
  const text = written.normalize('NFC');
  const pieces: Piece[] = [];
  let from = 0;
  for (const { start, end } of webAddressesIn(text)) {
    pieces.push(...charactersOf(text.slice(from, start)));
    pieces.push({ text: text.slice(start, end), weight: ADDRESS_WEIGHT });
    from = end;
  }
  pieces.push(...charactersOf(text.slice(from)));
  return pieces;
}

const charactersOf = (text: string): Piece[] =>
  [...text.matchAll(PIECES)].map(([piece, emoji]) => ({
    text: piece,
    weight: emoji === undefined && isLight(piece.codePointAt(0) as number) ? 1 : 2,
  }));

const isLight = (codePoint: number): boolean =>
  LIGHT.some(([from, to]) => codePoint >= from && codePoint <= to);
