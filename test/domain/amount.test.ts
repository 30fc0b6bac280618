import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Amount, readDonation } from '../../src/domain/amount.ts';
import { readAmount, readTypedAmount } from '../../src/domain/amount-text.ts';
import { parsePrice, priceText, stepOf, typedAmount } from '../../src/domain/currency.ts';
import { prepareAmounts } from '../../src/domain/prepare.ts';
import { gives, inexact, money, multiples, toward } from '../../src/domain/words/giving.ts';
import { languages } from '../../src/domain/words/index.ts';

const read = (text: string, currency: string): Amount =>
  readDonation(
    prepareAmounts(text, (tag) => tag === 't'),
    currency,
  );

function inShort(amount: Amount, currency: string): string {
  const text = (of: number): string => priceText(of, currency);
  if (amount.kind === 'amount') return text(amount.amount);
  if (amount.kind === 'missing') return 'missing';
  return [amount.kind, ...amount.candidates.map(text)].join(' ');
}

const readings = readFileSync(path.join(import.meta.dirname, 'amounts.txt'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('# '))
  .map((line) => line.split('|').map((part) => part.trim()) as [string, string, string]);

test.each(readings)('%s: %s reads as %s', (currency, text, wanted) => {
  expect(inShort(read(text, currency), currency)).toBe(wanted);
});

const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'CAD', 'KWD', 'SEK', 'BRL', 'HUF', 'KRW'];

/** Digits of any script as ASCII. */
const plainDigits = (text: string): string =>
  text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => {
    let value = 0;
    for (let code = (digit.codePointAt(0) as number) - 1; /\p{Nd}/u.test(String.fromCodePoint(code)); code--)
      value += 1;
    return String(value % 10);
  });

/** Every amount that a text could name, told independently of how it is read: each run of digits, with its signs or without. */
function named(text: string, currency: string): Set<number> {
  const runs =
    plainDigits(
      text.replace(/(?<=\p{Nd})\s?½/gu, '.5').replace(/[¼¾²³¹\u2070-\u209c\u2150-\u215f]/g, ' '),
    ).match(/\d+(?:[.,'’]\d+)*/g) ?? [];
  const amounts = runs.flatMap((run) => {
    const whole = run.replace(/[.,'’]/g, '');
    const [, before = '', decimals = ''] = /^(.*)[.,](\d{1,2})$/.exec(run) ?? [];
    return [whole, ...(before ? [`${before.replace(/[.,'’]/g, '')}.${decimals}`] : [])];
  });
  return new Set(amounts.flatMap((amount) => parsePrice(amount.replace(/^0+(?=\d)/, ''), currency) ?? []));
}

const lexicon = languages.flatMap(({ numbers, values: _, ...lists }) => [
  ...Object.keys(numbers),
  ...Object.values(lists).flat(),
]);
const moneyWords = money.flatMap(({ marks, words }) => [...marks, ...words]);
const word = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...lexicon) },
  { weight: 2, arbitrary: fc.constantFrom(...gives, ...toward, ...inexact, ...multiples) },
  { weight: 3, arbitrary: fc.constantFrom(...moneyWords) },
  { weight: 4, arbitrary: fc.nat({ max: 3000 }).map(String) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        '25.50',
        '25,50',
        '1,000',
        '1.234,50',
        "1'000",
        '.50',
        '٢٥',
        '２５',
        '½',
        '²',
        '2026',
        '000',
        '25,-',
      ],
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...'.,:;!?()-–+/%x×~$€£¥'.split('')) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !/[#＃]/.test(text)),
  },
);
const reply = fc
  .tuple(fc.array(word, { maxLength: 5 }), fc.array(word, { maxLength: 5 }), fc.constantFrom(' ', ' ', ''))
  .map(([before, after, between]) => [before.join(between), '#T', after.join(between)].join(' '));

test('nobody gives an amount that the reply does not name', () => {
  fc.assert(
    fc.property(reply, fc.constantFrom(...CURRENCIES), (text, currency) => {
      const amount = read(text, currency);
      if (amount.kind !== 'amount') return;
      expect([...named(text, currency)]).toContain(amount.amount);
    }),
    { numRuns: 4000 },
  );
});

test('two different amounts are asked about, wherever they stand', () => {
  const amount = fc.integer({ min: 1, max: 999 });
  fc.assert(
    fc.property(amount, amount, word, (a, b, between) => {
      fc.pre(a !== b);
      expect(read(`#T $${a} ${between} $${b}`, 'USD').kind).not.toBe('amount');
    }),
  );
});

test('money of another currency never counts', () => {
  const foreign = money
    .filter(({ codes }) => !codes.includes('CHF'))
    .flatMap(({ words }) => words)
    .filter((each) => !money.some(({ codes, words }) => codes.includes('CHF') && words.includes(each)));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), fc.constantFrom(...foreign), (amount, name) => {
      expect(read(`#T ${amount} ${name}`, 'CHF').kind).toBe('other_currency');
    }),
  );
});

test('an amount as it is shown reads as itself, in every currency and at any size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 99_999 }), fc.constantFrom(...CURRENCIES), (n, currency) => {
      const text = priceText(parsePrice(String(n), currency) as number, currency);
      expect(readAmount(text, currency)).toBe(parsePrice(String(n), currency));
      const marked = read(`#T ${currency} ${text}`, currency);
      expect(inShort(marked, currency)).toBe(text);
    }),
  );
});

test.each(['', 'a', '-5', '1,00,000', '1.2.3', '1,000.000', '1e3', '٢٥', '0,500', ' 25', '00'])(
  '“%s” is no amount',
  (text) => {
    expect(readAmount(text, 'USD')).toBeUndefined();
  },
);

test('a form shows every amount as its reader writes it, and reads it back', () => {
  const locales = ['en-US', 'es-ES', 'it-IT', 'de-CH', 'fr-FR', 'pt-BR', 'sv-SE', 'ja-JP', 'ar-EG', 'hi-IN'];
  fc.assert(
    fc.property(
      fc.constantFrom(...CURRENCIES),
      fc.constantFrom(...locales),
      fc.integer({ min: 1, max: 9_999_999 }),
      (currency, locale, count) => {
        const amount = count * stepOf(currency);
        expect(readTypedAmount(typedAmount(amount, currency, locale), currency)).toBe(amount);
      },
    ),
  );
  expect([
    typedAmount(123_450, 'EUR', 'it-IT'),
    typedAmount(500, 'USD', 'en-US'),
    typedAmount(1200, 'JPY', 'es'),
  ]).toEqual(['1234,50', '5.00', '1200']);
});

test.each([
  ['25,5', 'EUR', 2550],
  [' 25.50 € ', 'EUR', 2550],
  ['€ 25', 'EUR', 2500],
  ['eur 25', 'EUR', 2500],
  ['$1,000', 'USD', 100_000],
  ['¥1200', 'JPY', 1200],
  ['$25', 'EUR', undefined],
  ['25 or so', 'EUR', undefined],
  ['-5', 'EUR', undefined],
  ['', 'EUR', undefined],
])('%s typed into a form for %s is %s', (text, currency, amount) => {
  expect(readTypedAmount(text, currency)).toBe(amount);
});
