import type { ToldReply } from '../domain/mail-content.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { it } from './texts/it.ts';

/** What a sentence about a reply is made from. */
export type Told = Pick<ToldReply, 'outcome' | 'reason' | 'detail' | 'title' | 'among'>;

export type Texts = typeof en;

/** The languages that people can read here. One more is a file of its own, of the type `Texts`, and its name here. */
export const languages: Record<string, Texts> = { en, es, it };

/**
 * The texts in the first language of ours that is wished for; English where none is.
 *
 * @param wishes the most important first, each a locale ("es-MX") or what a browser sends ("de, it-CH;q=0.8, *;q=0.1")
 */
export function textsFor(...wishes: Array<string | null | undefined>): Texts {
  return languages[languageOf(localeFor(...wishes) ?? 'en')] ?? en;
}

/** The locale that decides for `textsFor`, as it was wished for: "it-CH". */
export function localeFor(...wishes: Array<string | null | undefined>): string | undefined {
  return wishes
    .flatMap((wish) => byPreference(wish ?? ''))
    .find((locale) => Object.hasOwn(languages, languageOf(locale)));
}

/** A locale for what is written within a text, as dates: the merchant's, where it is of the text's language. */
export const localeWithin = ({ language }: Texts, merchants: string): string =>
  languageOf(merchants) === language ? merchants : language;

const languageOf = (locale: string): string => (locale.split(/[-_]/)[0] ?? '').toLowerCase();

/** What a browser accepts, the dearest first (RFC 9110, 12.5.4); what it does not want is left out. */
function byPreference(accepted: string): string[] {
  return accepted
    .split(',')
    .map((part) => {
      const [locale = '', ...parameters] = part.split(';').map((each) => each.trim());
      const weight = parameters.find((each) => /^q\s*=/i.test(each))?.split('=')[1];
      return { locale, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ locale }) => locale);
}
