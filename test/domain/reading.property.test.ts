import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { languages } from '../../src/domain/words/index.ts';
import { colours, sizes } from '../../src/domain/words/values.ts';
import { GOODS, type Goods, inShort, wishesOf } from '../harness/goods.ts';

/** Digits of any script as ASCII. */
const digits = (text: string): string =>
  text
    .replace(/(?<=\p{Nd})\s?½/gu, '.5 ')
    .replace(/[¼¾²³¹\u2070-\u209c\u2150-\u215f]/g, ' ')
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => {
      let value = 0;
      for (
        let code = (digit.codePointAt(0) as number) - 1;
        /\p{Nd}/u.test(String.fromCodePoint(code));
        code--
      )
        value += 1;
      return String(value % 10);
    });

/** A text as an eye compares it: told independently of how the product folds texts. */
const plain = (text: string): string =>
  digits(text)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\s_\-‐'’ʼ]/gu, '')
    .replace(/(?<=\d),/g, '.')
    .replace(/[×✕✖⨯]/g, 'x')
    .toUpperCase()
    .toLowerCase()
    .replace(/ı/g, 'i');

const numberWords = languages.flatMap(({ numbers }) => Object.entries(numbers));
const dozens = languages.flatMap((words) => words.dozens);
const onemore = languages.flatMap(({ another }) => another);

/** Every number that a text could mean. */
function numbersIn(text: string): Set<number> {
  const runs = (
    `${digits(text)} ${digits(text.replaceAll('½', ' '))}`.match(/\d+(?:[.,]\d+)*/g) ?? []
  ).flatMap((run) => [Number(run.replace(/[.,]/g, '')), Number(run.replace(',', '.'))]);
  const said = plain(text);
  const inWords = numberWords.filter(([word]) => said.includes(plain(word))).map(([, number]) => number);
  const another = onemore.some((phrase) => said.includes(plain(phrase))) ? [1] : [];
  const numbers = [...runs, ...inWords, ...another];
  const twelves = dozens.some((word) => said.includes(plain(word)))
    ? numbers.map((number) => 12 * number)
    : [];
  return new Set([...numbers, ...twelves]);
}

/** Every name by which a value may be called: its own, the merchant's words, and those that are built in. */
function namesOf({ value, words }: { value: string; words: string[] }): string[] {
  const own = [value, ...words].map(plain);
  const halves = own.flatMap((name) =>
    name.endsWith('.5')
      ? languages.flatMap((each) => each.halves.map((half) => name.slice(0, -2) + plain(half)))
      : [],
  );
  const builtIn = [...colours, ...sizes].filter((names) => names.some((name) => own.includes(plain(name))));
  return [...own, ...halves, ...builtIn.flat().map(plain)];
}

/** Words that could stand in replies: those that mean something in some language, and those that do not. */
const lexicon = languages.flatMap(({ numbers, values: _, ...lists }) => [
  ...Object.keys(numbers),
  ...Object.values(lists).flat(),
]);
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...lexicon) },
  { weight: 2, arbitrary: fc.constantFrom(...[...colours, ...sizes].flat()) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...Object.values(GOODS).flatMap(({ options }) =>
        options.flatMap(({ values }) => values.map(({ value }) => value)),
      ),
    ),
  },
  { weight: 2, arbitrary: fc.nat({ max: 130 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'x',
      '×',
      'x2',
      '(2)',
      '-',
      '+',
      '/',
      ',',
      '.',
      '!',
      '?',
      '½',
      '²',
      '٢',
      '２',
      '5:30',
      '$9',
      '#U',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !/[#＃]/.test(text)),
  },
);
const text = fc
  .tuple(fc.array(word, { maxLength: 6 }), fc.array(word, { maxLength: 6 }), fc.constantFrom(' ', ' ', ''))
  .map(([before, after, between]) => [before.join(between), '#T', after.join(between)].join(' '));
const product = fc.constantFrom<Goods>(...Object.values(GOODS));

test('no line holds a value or a number that the text does not name', () => {
  fc.assert(
    fc.property(text, product, (said, sold) => {
      const read = wishesOf(said, sold);
      if (read.kind !== 'wishes' || read.fault) return;
      const numbers = numbersIn(said);
      const seen = plain(said);
      for (const { choice, quantity } of read.wishes) {
        if (quantity) expect([...numbers]).toContain(quantity.value);
        for (const [n, value] of choice.entries()) {
          if (value === undefined) continue;
          const known = sold.options[n]?.values.find((each) => each.value === value);
          expect(known && namesOf(known).some((name) => seen.includes(name))).toBe(true);
        }
      }
    }),
    // Tens of one language and ones of another are two numbers.
    { numRuns: 3000, examples: [['दस여섯 #T ', GOODS.MUG]] },
  );
});

/** Sentences without a number, a value or a denial. */
const CHATTER = [
  'been waiting for this since spring',
  'my sister is going to love it',
  'so schön geworden',
  'das wird ein Geschenk für Mama',
  'qué maravilla',
  'lo quiero para mi casa',
  'ce sera pour la maison',
  'che meraviglia',
  'vai ficar perfeito na cozinha',
  'ずっと待っていました',
  '友達へのプレゼントにします',
  '정말 예뻐요',
  '终于等到了',
  'رائع جدا',
  'annem bayılacak buna',
  '🔥😍',
];

test('chatter changes nothing', () => {
  fc.assert(
    fc.property(
      text,
      product,
      fc.constantFrom(...CHATTER),
      fc.constantFrom(...CHATTER),
      (said, sold, a, b) => {
        // 点 is another word beside Japanese ones.
        fc.pre(!/[点點]/.test(said.normalize('NFKC')));
        // What stands at the ends of the order could belong to the words beside it.
        const order = `. ${said} .`;
        const alone = inShort(wishesOf(order, sold));
        // "Stop!" is a cry beside other words, and "Help!" is, too.
        fc.pre(alone !== 'stop' && !(alone === 'helped' && /[!！]/.test(said)));
        expect(inShort(wishesOf(`${a} ${order} ${b}`, sold))).toBe(alone);
      },
    ),
    { numRuns: 2000 },
  );
});

const TEE = GOODS.TEE;
const [colour, size] = TEE.options as [(typeof TEE.options)[number], (typeof TEE.options)[number]];

/** What counts hours in one language counts things in another. */
const measures = new Set(languages.flatMap((words) => words.measures));

test('what is composed of words of one language reads as it was composed', () => {
  const language = fc.constantFrom(...languages);
  fc.assert(
    fc.property(
      language.chain((words) =>
        fc.record({
          number: fc.oneof(
            fc.integer({ min: 2, max: 99 }).map((n) => ({ n, word: String(n) })),
            fc.constantFrom(...Object.entries(words.numbers)).map(([word, n]) => ({ n, word })),
          ),
          unit: fc.constantFrom(...words.units.filter((unit) => !measures.has(unit))),
        }),
      ),
      fc.constantFrom(...colour.values),
      fc.constantFrom(...size.values),
      fc.constantFrom(
        ...[
          '#T N U, C, S',
          'N U, C S #T',
          '#T C S, N U',
          'C S #T N U',
          '#T N C S',
          '#T: C / S. N U',
          '#T ×D C S',
          '#T C S (D)',
        ],
      ),
      ({ number, unit }, { value: c }, { value: s }, form) => {
        const said = form.replace(
          /[NUCSD]/g,
          (key) => ({ N: number.word, U: unit, C: c, S: s, D: String(number.n) })[key] as string,
        );
        expect([said, inShort(wishesOf(said, TEE))]).toEqual([said, `${number.n} ${c}/${s}`]);
      },
    ),
    { numRuns: 3000 },
  );
});

test('in whatever order a list names values and number, it reads the same', () => {
  const orders = fc.shuffledSubarray(['#T', 'x3', 'red', 'size L'], { minLength: 4 });
  fc.assert(
    fc.property(orders, fc.constantFrom(', ', ' / ', ' ', ' - ', '\n'), (parts, between) => {
      expect(inShort(wishesOf(parts.join(between), TEE))).toBe('3 RED/L');
    }),
  );
});

test('a denial or a question never becomes an order by what else is said', () => {
  fc.assert(
    fc.property(
      fc.constantFrom("don't #T", 'no uses #T', 'bitte nicht #T', 'non usate #T', '不要 #T', '#T しないで'),
      fc.constantFrom(...CHATTER),
      (denial, chatter) => {
        for (const said of [`${denial} . ${chatter}`, `${chatter} . ${denial}`])
          expect(inShort(wishesOf(said, GOODS.MUG))).toBe('negated');
      },
    ),
  );
});
