import { readIntent } from '../../src/domain/intent.ts';
import { readWishes, type Wishes } from '../../src/domain/wish.ts';

const named = (value: string, ...words: string[]) => ({ value, words });
const option = (name: string, ...values: Array<string | { value: string; words: string[] }>) => ({
  name,
  values: values.map((value) => (typeof value === 'string' ? named(value) : value)),
});

/** Products whose names and values are easily mistaken for numbers, sizes or words of another kind. */
export const GOODS = {
  MUG: { sku: 'MUG', words: ['mug', 'taza'], options: [] },
  TEE: {
    sku: 'TEE',
    words: ['tee', 'shirt'],
    options: [option('color', 'RED', 'BLUE', 'BLACK'), option('size', 'S', 'M', 'L', 'XL')],
  },
  HOODIE: { sku: 'HOODIE', words: ['hoodie'], options: [option('size', 'S', 'M', 'L', 'XL', '2XL')] },
  SHOE: {
    sku: 'SHOE',
    words: ['shoe'],
    options: [option('size', '38', '39', '40', '41', '42', '42.5', '43', '43.5', '44')],
  },
  WINE: { sku: 'WINE', words: ['wine', 'vino'], options: [option('vintage', '2018', '2019', '2020')] },
  PHONE: {
    sku: 'PHONE',
    words: ['phone'],
    options: [
      option('storage', named('128GB', '128'), named('256GB', '256'), '512GB'),
      option('color', named('BLACK', 'midnight'), 'BLUE'),
    ],
  },
  BEADS: { sku: 'BEADS', words: ['beads'], options: [option('diameter', '6MM', '8MM', '10MM')] },
  PACK: { sku: 'PACK', words: ['pack'], options: [option('pack', named('2-PACK', 'two pack'), '6-PACK')] },
  KIDS: { sku: 'KIDS', words: ['romper'], options: [option('age', '2-3Y', '4-6Y', '7-9Y')] },
  RUG: {
    sku: 'RUG',
    words: ['rug'],
    options: [
      option(
        'color',
        named('DARK-BLUE', 'dark blue', 'azul oscuro', 'bleu foncé', 'dunkelblau'),
        named('LIGHT-BLUE', 'light blue', 'azul claro', 'bleu clair', 'hellblau'),
        'RED',
      ),
    ],
  },
  PRINT: { sku: 'PRINT', words: ['print'], options: [option('design', '1', '2', '3')] },
  VOL: { sku: 'VOL', words: ['volume 2', 'vol 2'], options: [] },
  CARPET: {
    sku: 'CARPET',
    words: ['carpet'],
    options: [option('size', '120x180', '160x230'), option('color', 'GREY', 'BEIGE')],
  },
  CANDLE: { sku: 'CANDLE', words: ['candle'], options: [option('scent', 'ROSE', 'VANILLA', 'PINE')] },
  BOOT: { sku: 'BOOT', words: ['boot'], options: [option('size', 'US7', 'US8', 'US8.5', 'US9')] },
  BRA: { sku: 'BRA', words: ['bra'], options: [option('size', '34A', '34B', '36B')] },
  CUP: { sku: 'CUP', words: ['bra'], options: [option('band', '32', '34'), option('cup', 'A', 'B', 'C')] },
  COFFEE: {
    sku: 'COFFEE',
    words: ['coffee'],
    options: [option('weight', '250G', '1KG'), option('grind', named('WHOLE', 'whole bean'), 'FILTER')],
  },
  RING: { sku: 'RING', words: ['ring'], options: [option('size', '5', '6', '7', '8', '9', '10')] },
};
export type Goods = (typeof GOODS)[keyof typeof GOODS];

/** What a text with the tag #T wants of a product, or why it is no order: "negated", "helped", "stop". */
export function wishesOf(text: string, product: Goods): Wishes | { kind: 'negated' | 'helped' | 'stop' } {
  const post = { id: '2', author_id: '1', text, tags: ['T'], retweet: false, edit_history: [] };
  const intent = readIntent(post, new Map([['t', 'add']]));
  if (intent.kind === 'no_trigger' || intent.kind === 'conflicting_tags') throw new Error('it has one tag');
  if (intent.kind !== 'order') return { kind: intent.kind };
  return readWishes(intent.words, product);
}

/** The same in short: "2 RED/M", "+1", "?" for what is not said; or what is wrong with it. */
export function inShort(read: ReturnType<typeof wishesOf>): string {
  if (read.kind !== 'wishes') return read.kind;
  if (read.fault) return read.fault;
  const wishes = read.wishes.map(({ choice, quantity }) =>
    [
      ...(quantity ? [`${quantity.more ? '+' : ''}${quantity.value}`] : []),
      ...(choice.length > 0 ? [choice.map((value) => value ?? '?').join('/')] : []),
    ].join(' '),
  );
  return [...wishes, ...read.not.map(({ value }) => `not ${value}`)].join(', ');
}
