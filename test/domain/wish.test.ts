import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { prepare } from '../../src/domain/prepare.ts';
import { readWishes } from '../../src/domain/wish.ts';

const named = (value: string, ...words: string[]) => ({ value, words });
const TEE = {
  sku: 'TEE',
  words: ['tee', 'shirt'],
  options: [
    {
      name: 'color',
      values: [named('RED', 'red', 'rojas'), named('BLUE', 'blue', 'blu'), named('BLACK', 'black')],
    },
    { name: 'size', values: [named('S', 's'), named('M', 'm'), named('L', 'l', 'g'), named('XL', 'xl')] },
  ],
};
const HOODIE = {
  sku: 'HOODIE',
  words: ['hoodie'],
  options: [{ name: 'size', values: [named('L', 'l'), named('XL', 'xl'), named('2XL', '2xl', 'xxl')] }],
};
const SHOE = {
  sku: 'SHOE',
  words: ['shoe'],
  options: [{ name: 'size', values: ['38', '39', '40', '41', '42'].map((value) => named(value)) }],
};
const PACK = {
  sku: 'PACK',
  words: ['pack'],
  options: [{ name: 'pack', values: [named('2-PACK', '2-pack'), named('6-PACK', '6-pack')] }],
};
const MUG = { sku: 'MUG', words: ['mug', 'taza'], options: [] };

/** What a reply wants, in short: "2 RED/M", "+1", "?" for what is not said; or what is wrong with it. */
function read(text: string, product: typeof TEE | typeof SHOE | typeof MUG): string {
  const read = readWishes(
    prepare(text, (tag) => tag === 't'),
    product,
  );
  if (read.kind !== 'wishes') return read.kind;
  const wishes = read.wishes.map(({ choice, quantity }) =>
    [
      ...(quantity ? [`${quantity.more ? '+' : ''}${quantity.value}`] : []),
      ...(choice.length > 0 ? [choice.map((value) => value ?? '?').join('/')] : []),
    ].join(' '),
  );
  const not = read.not.map(({ value }) => `not ${value}`);
  return [...(read.fault ? [read.fault] : [...wishes, ...not])].join(', ');
}

test.each([
  ['#T', ''],
  ['#T x2', '2'],
  ['#T 2x', '2'],
  ['#T ×2', '2'],
  ['#T *2', '2'],
  ['#T (2)', '2'],
  ['#T qty: 3', '3'],
  ['#T cantidad 3', '3'],
  ['#T 2 please', '2'],
  ['2 #T', '2'],
  ['#T: 2', '2'],
  ['#T ٢', '2'],
  ['#T ２個', '2'],
  ['#T 두 개', '2'],
  ['#T 两件', '2'],
  ['#T zwei Stück', '2'],
  ['#T deux', '2'],
  ['#T due pezzi', '2'],
  ['#T dos tazas', '2'],
  ['#T dos', '2'],
  ['#T iki adet', '2'],
  ['#T اثنين', '2'],
  ['#T duas unidades', '2'],
  ['#T x2 x2', '2'],
  ['#T x2, qty 2', '2'],
  ['#T x2 x3', 'conflicting_quantity'],
  ['#T x0', 'invalid_quantity'],
  ['#T x-2', 'invalid_quantity'],
  ['#T -2', 'invalid_quantity'],
  ['#T 1.5', 'invalid_quantity'],
  ['#T x1,000', '1000'],
  ['#T one more', '+1'],
  ['#T 2 more', '+2'],
  ['#T otra más', '+1'],
  ['#T noch eins', '+1'],
  ['#T もう一つ', '+1'],
  ['#T 再来一个', '+1'],
  ['#T 하나 더', '+1'],
  ['#T see you at 5pm, got $20 left', ''],
  ['#T my 2 kids love it', ''],
  ['#T 5pm', ''],
  ['#T 50% off', ''],
  ['#T 1st time here', ''],
  ['#T 5 years old', ''],
  ['#T 10/10 would buy', ''],
  ['#T 3d printed?', ''],
  ['#T due to the sale', ''],
  ['#T once', ''],
  ['another great day #T', ''],
  ['#T x2; DROP TABLE carts;--', '2'],
  ['#T http://x.example/x3', ''],
  ['#T shop.example/x3', ''],
  ['#T x2@mail.example', ''],
  ['#T @x3', ''],
])('%s of a mug: %s', (text, wanted) => {
  expect(read(text, MUG)).toBe(wanted);
});

test.each([
  ['#T red / large', 'RED/L'],
  ['#T size M, blue x2', '2 BLUE/M'],
  ['#T M', '?/M'],
  ['#T', '?/?'],
  ['#T Red & M', 'RED/M'],
  ['#T 2 XL black', '2 BLACK/XL'],
  ['#T 2XL black', 'unknown_option'],
  ['#T 3XL black', 'unknown_option'],
  ['#T 2M black', 'unknown_option'],
  ['#T green M', 'unknown_option'],
  ['#T red blue M', 'conflicting_option'],
  ['#T red red M', 'RED/M'],
  ['#T 1 red M and 2 blue L', '1 RED/M, 2 BLUE/L'],
  ['#T red M x1, blue L x2', '1 RED/M, 2 BLUE/L'],
  ['#T red: 1 M and 2 L', '1 RED/M, 2 RED/L'],
  ['#T 2 red M x2', '2 RED/M'],
  ['#T 2 red M x3', 'conflicting_quantity'],
  ['#T 2 red M and 3 red M', 'conflicting_quantity'],
  ['#T red M and blue L', 'conflicting_option'],
  ['#T dos rojas talla M', '2 RED/M'],
  ['#T 2 pezzi, taglia L, blu', '2 BLUE/L'],
  ['#T Größe L, 2 Stück, schwarz', '2 BLACK/L'],
  ['#T ２個 赤 Lサイズ', '2 RED/L'],
  ['#T 빨강 M 두 장', '2 RED/M'],
  ['#T 红色 M 两件', '2 RED/M'],
  ['#T أحمر مقاس M', 'RED/M'],
  ['#T 🔴 M', 'RED/M'],
  ['#T kırmızı M', 'RED/M'],
  ['#T tamanho G, preta', 'BLACK/L'],
  ['#T red L not M', 'RED/L, not M'],
  ['#T L instead of M', '?/L, not M'],
  ['#T L statt M', '?/L, not M'],
  ['#T red MじゃなくてL', 'RED/L, not M'],
  ['#T M 말고 L', '?/L, not M'],
  ['#T red M please, it’s for my kid', 'RED/M'],
  ['#T saw it on social media, red M', 'RED/M'],
])('%s of a shirt: %s', (text, wanted) => {
  expect(read(text, TEE)).toBe(wanted);
});

test.each([
  ['#T 2XL', HOODIE, '2XL'],
  ['#T 2 XL', HOODIE, '2XL'],
  ['#T x2 XXL', HOODIE, '2 2XL'],
  ['#T 42', SHOE, '42'],
  ['#T 2x 42', SHOE, '2 42'],
  ['#T 42 x2', SHOE, '2 42'],
  ['#T 2 x 42', SHOE, '2 42'],
  ['#T size 45', SHOE, 'unknown_option'],
  ['#T 42.5', SHOE, 'unknown_option'],
  ['#T 2-pack', PACK, '2-PACK'],
  ['#T 2 pack', PACK, '2-PACK'],
  ['#T 3 x 6-pack', PACK, '3 6-PACK'],
])('%s', (text, product, wanted) => {
  expect(read(text, product)).toBe(wanted);
});

test('whatever a text says, each line has values that the product comes in, and a number that the text names', () => {
  const pieces = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '#T',
      'red',
      'M',
      'blu',
      'XL',
      '2XL',
      'x',
      '×',
      'not',
      'instead of',
      'size',
      'more',
      'dos',
      '個',
      '두',
      '赤',
      '.',
      ',',
    ),
    fc.nat({ max: 120 }).map(String),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), fc.constantFrom(' ', ''), (words, between) => {
      const text = words.join(between);
      const found = readWishes(
        prepare(text, (tag) => tag === 't'),
        TEE,
      );
      if (found.kind !== 'wishes' || found.fault) return;
      for (const { choice, quantity } of found.wishes) {
        for (const [n, value] of choice.entries())
          if (value !== undefined) expect(TEE.options[n]?.values.map((each) => each.value)).toContain(value);
        if (quantity) expect(Number.isInteger(quantity.value) && quantity.value > 0).toBe(true);
      }
      const mentioned = found.wishes.flatMap(({ choice }) => choice).filter((value) => value !== undefined);
      if (mentioned.length > 0) expect(/[a-z\p{Lo}\p{So}]/iu.test(text.normalize('NFKC'))).toBe(true);
    }),
  );
});

test('a text without a word of ours is one line without a number, whatever its language', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'bcdfhjknpqrtvwyzžšőßðþ'),
    minLength: 4,
    maxLength: 9,
  });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 8 }), (words) => {
      expect(read(`#T ${words.join(' ')}`, MUG)).toBe('');
    }),
  );
});
