import type { Token } from './tokens.ts';

const ONES = '〇一二三四五六七八九';
const TWOS = ['两', '兩'];
const TENS = new Map([
  ['十', 10],
  ['百', 100],
]);
const LONGEST = 8;

/**
 * The number that Chinese and Japanese numerals make together from a token on: 十二 are 12, 二十 are 20, 百二十 are 120.
 *
 * @returns `undefined` where there are none, or they stand one beside the other as in 一二三
 */
export function readNumeral(tokens: Token[], at: number): { value: number; length: number } | undefined {
  let [value, ones, tens, length] = [0, 0, Number.POSITIVE_INFINITY, 0];
  for (; length < LONGEST; length++) {
    const token = tokens[at + length];
    if (!token || (length > 0 && !token.glued)) break;
    const one = TWOS.includes(token.text) ? 2 : ONES.indexOf(token.text);
    const ten = TENS.get(token.text);
    if (one < 0 && ten === undefined) break;
    if (ten === undefined ? ones > 0 : ten >= tens) return undefined;
    if (ten === undefined) ones = one;
    else [value, ones, tens] = [value + (ones || 1) * ten, 0, ten];
  }
  return length > 0 ? { value: value + ones, length } : undefined;
}
