import type { Span } from './entities.ts';

/** What may stand before an @: not what makes it part of a word or an e-mail address; `RT` may. */
const BEFORE = '(?<=^|[^\\w!#$%&*@＠]|(?:^|[^\\w+~.\\-])[rR][tT]:?)';
/** An accented letter would make the name another word; a slash and a letter make it a list. */
const AFTER = '(?![\\w@＠\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u1e00-\\u1eff]|://|/[a-zA-Z])';
const MENTION = new RegExp(`${BEFORE}[@＠](\\w{1,20})${AFTER}`, 'g');
const CASHTAG = /(?<=^|\s)\$([a-z]{1,6}(?:[._][a-z]{1,2})?)(?=$|\s|[!-/:-@[-`{-~])/gi;

/** The usernames in a text, by X's rule, whether or not anybody has them. */
export const mentionsIn = (text: string): Array<Span & { username: string }> =>
  [...text.matchAll(MENTION)].map((match) => ({
    username: match[1] as string,
    start: match.index,
    end: match.index + match[0].length,
  }));

/** The cashtags in a text: `$ACME`, not the price `$19`. */
export const cashtagsIn = (text: string): Array<Span & { tag: string }> =>
  [...text.matchAll(CASHTAG)].map((match) => ({
    tag: match[1] as string,
    start: match.index,
    end: match.index + match[0].length,
  }));
