import { findHashtags } from './hashtags.ts';
import { fold, TAG_MARK, type Token, tokenize } from './tokens.ts';

/** Addresses, e-mail addresses and handles are nobody's words about an order. Their parts are bounded: the text may be hostile. */
const LINK = /https?:\/\/\S+/giu;
const DOMAIN = /(?<![\p{L}\p{N}._%+@-])[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}\/\S*/gu;
const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
const HANDLE = /[@＠](?<![\p{L}\p{N}._%+-][@＠])\w+/gu;

/** Numbers that count something else by their signs: money, percentages, times, ordinals, dates, marks out of ten. */
const NOT_COUNTS = [
  /[$€£¥₩₹₺₽]\s?\d[\d.,]*/g,
  /(?<![\d.,])\d[\d.,]*\s?[$€£¥₩₹₺₽%٪]/g,
  /(?<![\d.,])\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?(?!\d)/g,
  /(?<![\d.,])\d+(?:st|nd|rd|th|er|ere|eme|[oa])(?![\p{L}\p{N}])/gu,
  /(?<![\d.,])\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)/g,
  /(?<![\d./])(?:\d{1,2}\/10|24\/7|50\/50)(?![\d/])/g,
  /第\s?\d+/g,
];

/**
 * A post's words as the grammar reads them: the tags that count as marks, other tags, handles and addresses gone.
 *
 * @param isTrigger whether a hashtag, without its sign, is one that counts
 */
export function prepare(text: string, isTrigger: (tag: string) => boolean): Token[] {
  const given = text.replaceAll(TAG_MARK, ' ');
  let marked = '';
  let end = 0;
  for (const { tag, start, end: next } of findHashtags(given)) {
    marked += `${given.slice(end, start)} ${isTrigger(tag) ? TAG_MARK : ' '} `;
    end = next;
  }
  marked += given.slice(end);
  // Most replies are the tag and a handle or two.
  let words = marked.replace(HANDLE, ' ');
  if (/^[\s\ue000]*$/.test(words)) return tokenize(words);
  if (words.includes('@')) words = words.replace(EMAIL, ' ');
  if (words.includes('://')) words = words.replace(LINK, ' ');
  if (words.includes('/')) words = words.replace(DOMAIN, ' ');
  words = fold(words);
  if (/\d/.test(words)) for (const pattern of NOT_COUNTS) words = words.replace(pattern, ' ');
  return tokenize(words);
}
