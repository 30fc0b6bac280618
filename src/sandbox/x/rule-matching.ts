import type { Post } from './posts.ts';

/** A post that is held against a rule. */
export interface Candidate {
  post: Post;
  /** The posts whose content counts: on the stream also the one that is quoted or retweeted. */
  contents: Post[];
  /** The stream tells é from e; search does not. */
  exactAccents: boolean;
  usernameOf(userId: string): string | undefined;
}

export type Test = (candidate: Candidate) => boolean;

/** A rule or query, taken apart. */
export type Expression =
  | { kind: 'all' | 'any'; of: Expression[] }
  | { kind: 'not'; of: Expression }
  | { kind: 'clause'; operator: string; value: string; standalone: boolean; test: Test };

/** Whether a post is one that the rule asks for. */
export function matches(rule: Expression, candidate: Candidate): boolean {
  switch (rule.kind) {
    case 'all':
      return rule.of.every((part) => matches(part, candidate));
    case 'any':
      return rule.of.some((part) => matches(part, candidate));
    case 'not':
      return !matches(rule.of, candidate);
    case 'clause':
      return rule.test(candidate);
  }
}

/** Brings texts into the form in which they are compared: case never counts, full-width letters stay what they are. */
export function fold(text: string, exactAccents: boolean): string {
  const plain = exactAccents ? text : text.normalize('NFD').replace(/\p{M}/gu, '');
  return plain.normalize('NFC').toLowerCase();
}

/** Words and what is between them: punctuation and symbols part words. */
export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];

/** Whether the words of `sought` stand side by side in `text`. What has no words, like an emoji, is sought as it is. */
export function holdsWords(text: string, sought: string, exactAccents: boolean): boolean {
  const [inText, wanted] = [fold(text, exactAccents), fold(sought, exactAccents)];
  const words = wordsOf(wanted);
  if (words.length === 0) return inText.includes(wanted);
  return ` ${wordsOf(inText).join(' ')} `.includes(` ${words.join(' ')} `);
}
