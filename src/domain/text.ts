/** Control characters, those that turn the direction of writing, halves of characters: nothing that a name needs. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** Names and titles come from outside: no line breaks, control or direction characters where one line is wanted. */
export const oneLine = (text: string): string => text.replace(UNPRINTABLE, ' ').trim();

/** Whether a text is one line by that measure. */
export const isOneLine = (text: string): boolean => text.search(UNPRINTABLE) < 0;

/** A text as PostgreSQL's jsonb takes it: without NUL and halves of characters. At most `longest` units of it. */
export const storable = (text: string, longest: number): string =>
  text.slice(0, longest).replace(/\p{Cs}|\0/gu, '\ufffd');

/** s•••@example.com: enough to know one's own address, too little to write to somebody else's. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}

/** A text without what makes no difference to the eye or the ear: compatibility forms, invisible characters, case. */
export const foldCase = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    // Up, then down: folds ß with SS and ς with σ.
    .toUpperCase()
    .toLowerCase();
