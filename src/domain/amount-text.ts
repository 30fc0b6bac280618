import { currencySign, decimalsOf, parsePrice } from './currency.ts';

/** Whole, with or without groups of three digits. */
const WHOLE = /^(?:\d{1,9}|\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*)$/;
/** The last sign begins the decimals: there are one or two. */
const DECIMAL = /^(\d{1,9}|\d{1,3}(?:(?:,\d{3})+|(?:'\d{3})+)(?=\.)|\d{1,3}(?:\.\d{3})+(?=,))[.,](\d{1,2})$/;

/**
 * An amount as people write it, in minor units: "25", "25.50", "25,5", "1,000", "1.234,50". `undefined`: it is none, or
 * could be another one as well ("1.000" where a thousandth is a coin).
 */
export function readAmount(text: string, currency: string): number | undefined {
  if (/^0\d/.test(text)) return undefined;
  if (WHOLE.test(text)) {
    const isGrouped = /[.,']/.test(text);
    if (isGrouped && (text.startsWith('0') || !isCertain(text, currency))) return undefined;
    return parsePrice(text.replace(/[.,']/g, ''), currency);
  }
  const [, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return parsePrice(`${whole.replace(/[.,']/g, '')}.${fraction}`, currency);
}

/** An amount as people type it into a form for one currency: its sign may stand beside it, "25 €". */
export function readTypedAmount(text: string, currency: string): number | undefined {
  const sign = currencySign(currency);
  const bare = [sign, currency].reduce(
    (rest, mark) =>
      (rest.startsWith(mark)
        ? rest.slice(mark.length)
        : rest.endsWith(mark)
          ? rest.slice(0, -mark.length)
          : rest
      ).trim(),
    text.trim().toUpperCase(),
  );
  return readAmount(bare, currency);
}

/** Where money has thousandths, three digits behind one sign could be those. */
const isCertain = (text: string, currency: string): boolean =>
  (parsePrice('1', currency) ?? 0) < 1000 || decimalsOf(currency) === 0 || text.split(/[.,]/).length !== 2;
