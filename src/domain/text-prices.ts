import { parsePrice } from './currency.ts';

/** What stands for a currency beside its code and its sign. */
const WORDS: Record<string, string[]> = {
  JPY: ['円'],
  KRW: ['원'],
  CNY: ['元'],
  TRY: ['TL'],
  CHF: ['Fr.', 'SFr.'],
};
const NUMBER = String.raw`\d[\d.,'’\u00a0\u202f]{0,14}`;

/**
 * The amounts of a currency that a text names, in minor units: "$18", "18,00 €", "USD 1,800.50", "1800円". Which
 * separator begins the decimals is told by how many digits follow the last one.
 */
export function amountsIn(text: string, currency: string): number[] {
  const signs = [currency, signOf(currency), ...(WORDS[currency] ?? [])].map(asPattern).join('|');
  const pattern = new RegExp(`(?:${signs})\\s?(${NUMBER})|(${NUMBER})\\s?(?:${signs})`, 'giu');
  return [...text.normalize('NFKC').matchAll(pattern)].flatMap(
    ([, behind, before]) => toAmount((behind ?? before) as string, currency) ?? [],
  );
}

function toAmount(number: string, currency: string): number | undefined {
  const [, whole = '', fraction] = /^(.*?)(?:[.,](\d{1,2}))?\D*$/u.exec(number) ?? [];
  const digits = whole.replace(/\D/g, '');
  return parsePrice(fraction === undefined ? digits : `${digits}.${fraction}`, currency);
}

const signOf = (currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value ?? currency;

const asPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
