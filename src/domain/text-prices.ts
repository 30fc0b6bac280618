import { parsePrice } from './currency.ts';

/** What stands for a currency beside its code and its sign. */
const WORDS: Record<string, string[]> = {
  JPY: ['円'],
  KRW: ['원'],
  CNY: ['元'],
  TRY: ['TL'],
  CHF: ['Fr.', 'SFr.'],
};
const NUMBER = /\d[\d.,'’\u00a0\u202f]{0,14}/gu;

/** A sign and a space. */
const MOST_SIGN = 6;

/**
 * The amounts of a currency that a text names, in minor units: "$18", "18,00 €", "USD 1,800.50", "1800円". Which
 * separator begins the decimals is told by how many digits follow the last one.
 */
export function amountsIn(text: string, currency: string): number[] {
  const signs = [currency, signOf(currency), ...(WORDS[currency] ?? [])].map((sign) => sign.toLowerCase());
  const said = text.normalize('NFKC').toLowerCase();
  return [...said.matchAll(NUMBER)].flatMap(({ 0: number, index }) => {
    const before = said.slice(Math.max(index - MOST_SIGN, 0), index).trimEnd();
    const end = index + number.length;
    const behind = said.slice(end, end + MOST_SIGN).trimStart();
    const isNamed = signs.some((sign) => before.endsWith(sign) || behind.startsWith(sign));
    return (isNamed ? toAmount(number, currency) : undefined) ?? [];
  });
}

function toAmount(number: string, currency: string): number | undefined {
  const [, whole = '', fraction] = /^(\d.{0,14}?)(?:[.,](\d{1,2}))?[^\d]{0,15}$/u.exec(number) ?? [];
  const digits = whole.replace(/\D/g, '');
  return parsePrice(fraction === undefined ? digits : `${digits}.${fraction}`, currency);
}

const signOf = (currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value ?? currency;
