import type { ToldReply } from '../domain/mail.ts';
import { en } from './texts/en.ts';

/** What a sentence about a reply is made from. */
export type Told = Pick<ToldReply, 'outcome' | 'reason' | 'detail' | 'title' | 'among'>;

export type Texts = typeof en;

const languages: Record<string, Texts> = { en };

/** The texts for a locale ("en-US", a browser's list of languages); English where there are none. */
export function textsFor(locales: string | null | undefined): Texts {
  for (const part of (locales ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    const found = languages[language];
    if (found) return found;
  }
  return en;
}
