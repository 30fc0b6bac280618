/**
 * How many a reply asks for. `none`: it names no number. `invalid`: zero, a fraction or a negative number.
 * `conflicting`: two different numbers.
 */
export type Quantity =
  | { kind: 'none' }
  | { kind: 'conflicting' }
  | { kind: 'invalid' }
  | { kind: 'number'; value: number };

/** Stands in the text where the trigger tag stood. */
export const TAG_MARK = '\ue000';

/** Numbers that count something else: money, percentages, times, ordinals, dates and ages. */
const NOT_QUANTITIES = [
  /[$€£¥₩₹]\s?\d[\d.,]*/g,
  /(?<![\d.,])\d[\d.,]*\s?(?:[$€£¥₩₹%]|(?:usd|eur|gbp|dollars?|euros?|pounds?|percent)\b)/g,
  /(?<![\d.,])\d{1,2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?|o['’]?clock\b|h\b)/g,
  /(?<![\d.,])\d{1,2}:\d{2}(?::\d{2})?(?!\d)/g,
  /(?<![\d.,])\d+(?:st|nd|rd|th|º|ª)(?!\p{L})/gu,
  /(?<![\d.,])\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?!\d)/g,
  /(?<![\d.,])\d+[ -]?(?:years?|yrs?|yo|y\/o|minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\b/g,
];

const NUMBER = '-?\\d+(?:[.,]\\d+)?';
/** A number with a sign, word or place that makes it a quantity. */
const QUANTITIES = [
  `(?<![\\p{L}\\p{N}.,])[x×*]\\s?(${NUMBER})(?![\\p{L}\\p{N}])`,
  `(?<![\\p{L}\\p{N}.,])(${NUMBER})\\s?[x×*](?![\\p{L}\\p{N}])`,
  `\\((${NUMBER})\\)`,
  `(?<!\\p{L})(?:qty|quantity)\\s?[:=.]?\\s?(${NUMBER})(?![\\p{L}\\p{N}])`,
  `(?<![\\p{L}\\p{N}.,])(${NUMBER})\\s?(?:please|pls|plz|pieces?|pcs?|units?)(?!\\p{L})`,
  `${TAG_MARK}\\s*(?:[:,;–—]|-\\s)?\\s*(${NUMBER})(?![\\p{L}\\p{N}]|[.,]\\d)`,
  `(?<![\\p{L}\\p{N}.,])(${NUMBER})\\s*${TAG_MARK}`,
].map((source) => new RegExp(source, 'gu'));

const LARGEST = 1_000_000;

/**
 * Reads the quantity out of a reply's text, in which addresses, handles and tags are blanked and the trigger tag
 * is a `TAG_MARK`. Digits of any script count. A bare number is a quantity only next to the tag or before a unit.
 */
export function readQuantity(text: string): Quantity {
  let rest = toAsciiDigits(text.normalize('NFKC').toLowerCase());
  if (!/\d/.test(rest)) return { kind: 'none' };
  for (const pattern of NOT_QUANTITIES) rest = rest.replace(pattern, ' ');
  const found = new Set<string>();
  for (const pattern of QUANTITIES) {
    rest = rest.replace(pattern, (match, number: string) => {
      found.add(number.replace(',', '.'));
      return match.includes(TAG_MARK) ? TAG_MARK : ' ';
    });
  }
  const numbers = [...found].map(Number);
  if (numbers.some((n) => !Number.isInteger(n) || n < 1 || n > LARGEST)) return { kind: 'invalid' };
  if (new Set(numbers).size > 1) return { kind: 'conflicting' };
  const [value] = numbers;
  return value === undefined ? { kind: 'none' } : { kind: 'number', value };
}

/** ٢ and २ as 2: in Unicode the ten digits of a script stand together, in order. */
function toAsciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) as number;
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
    return String((code - first) % 10);
  });
}
