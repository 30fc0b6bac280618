import { foldCase } from './text.ts';

/** Letters, marks, digits and the few signs that X takes into a hashtag (twitter-text 3.1, hashtagAlphaNumeric). */
const INSIDE =
  '[\\p{L}\\p{M}\\p{Nd}_\\u200c\\u200d\\ua67e\\u05be\\u05f3\\u05f4\\uff5e\\u301c\\u309b\\u309c\\u30a0\\u30fb\\u3003\\u0f0b\\u0f0c\\u00b7]';
/** The variation selectors are marks, but they end an emoji, and a hashtag may follow an emoji. */
const BOUNDARY = `(?:^|[\\ufe0e\\ufe0f]|(?!${INSIDE}|&)[^])`;
/** What stands before the sign is looked at after it: signs are rare, and found fast. */
const HASHTAG = new RegExp(
  `[#＃](?<=${BOUNDARY}[#＃])(?![\\ufe0f\\u20e3])(${INSIDE}+)(?!${INSIDE}|[#＃]|://)`,
  'gu',
);
const LETTER = /[\p{L}\p{M}]/u;
const ASCII = /^[!-~]*$/;
/** What X would take for a web address, as far as a hashtag could hide in it. */
const ADDRESS =
  /(?:https?:\/\/|(?<![\p{L}\p{M}\p{Nd}@.-])[\p{L}\p{Nd}-]+(?:\.[\p{L}\p{Nd}-]+)*\.\p{L}{2,}\/)\S*/giu;

export interface Hashtag {
  /** Without the number sign. */
  tag: string;
  /** Where the number sign stands, in UTF-16 units. */
  start: number;
  end: number;
}

/**
 * The hashtags of a text by X's own rule. For posts that come without entities, and to see whether X would
 * take a merchant's tag for one. Agrees with twitter-text's conformance cases.
 */
export function findHashtags(text: string): Hashtag[] {
  const isInAddress = addressesIn(text);
  const tags: Hashtag[] = [];
  for (const match of text.matchAll(HASHTAG)) {
    const tag = match[1] as string;
    const start = match.index;
    if (!LETTER.test(tag) || isInAddress(start)) continue;
    tags.push({ tag, start, end: start + match[0].length });
  }
  return tags;
}

/** Tells which places of a text are inside an address. To be asked from left to right. */
function addressesIn(text: string): (at: number) => boolean {
  const addresses = text.matchAll(ADDRESS);
  let [start, end] = [0, 0];
  return (at) => {
    // No address holds a space: what follows one needs no search.
    if (at === 0 || /\s/.test(text[at - 1] as string)) return false;
    while (end <= at) {
      const { value } = addresses.next();
      start = value ? value.index : Number.POSITIVE_INFINITY;
      end = value ? start + value[0].length : start;
    }
    return at >= start;
  };
}

/**
 * The form in which tags are compared: compatibility forms (full-width letters), invisible characters and case
 * make no difference. Characters that only look alike do: a Cyrillic а is not an a.
 */
export function foldTag(tag: string): string {
  if (ASCII.test(tag)) return tag.toLowerCase().replace(/^#/, '');
  // İ becomes i and a dot above, which goes.
  return foldCase(tag)
    .replaceAll('\u0307', '')
    .normalize('NFKC')
    .replace(/^[#＃]/, '');
}
