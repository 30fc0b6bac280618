import { expect, test } from '@jest/globals';
import { explain } from '../../src/domain/explain.ts';
import { readMessage } from '../../src/x/payload.ts';
import { aReply, POST } from '../harness/builders.ts';
import { aCatalog } from '../harness/catalogs.ts';

const catalog = aCatalog({
  products: [
    { sku: 'MUG', title: 'Stoneware mug', posts: [POST.mug, POST.mugAndTee] },
    {
      sku: 'HOODIE',
      words: ['hoodie'],
      posts: [POST.tee, POST.mugAndTee],
      options: [
        { name: 'color', values: [{ value: 'RED' }, { value: 'BLUE' }] },
        { name: 'size', values: [{ value: 'XL' }, { value: '2XL' }] },
      ],
    },
  ],
});
const explained = (text: string, to: string = POST.tee) =>
  explain(readMessage(aReply({ text, to })), catalog);

test('it says which words were read as what', () => {
  expect(explained('@shop #AddToCart dos 2XL rojo, not blue. since 2019 https://t.co/x')).toEqual({
    text: '#addtocart dos 2xl rojo, not blue. since 2019',
    tag: 'AddToCart',
    action: 'add',
    merchant: 'shop',
    product: { sku: 'HOODIE', title: 'HOODIE' },
    found_by: 'parent',
    words: [
      { text: 'dos', as: 'quantity', value: 2 },
      { text: '2xl', as: 'value', value: '2XL' },
      { text: 'rojo', as: 'value', value: 'RED' },
      { text: 'not', as: 'denial' },
      { text: 'blue', as: 'value not meant', value: 'BLUE' },
      { text: '2019', as: 'number of something else', value: 2019 },
    ],
    rule: 'it is understood: the cart, the limit and the stock decide',
  });
});

test.each([
  ['#AddToCart', POST.mug, /understood/],
  ['#AddToCart x0', POST.mug, /no whole number/],
  ['#AddToCart x2 x3', POST.mug, /two numbers/],
  ['#AddToCart 3XL red', POST.tee, /does not come in/],
  ['#AddToCart red blue XL', POST.tee, /two values of one option/],
  ['#AddToCart red', POST.tee, /every option/],
  ['#AddToCart', POST.mugAndTee, /several products/],
  ['#AddToCart #RemoveFromCart', POST.mug, /contradict/],
  ["don't #AddToCart", POST.mug, /denial/],
  ['how does #AddToCart work?', POST.mug, /asks about/],
  ['#AddToCart unsubscribe', POST.mug, /no more of this/],
  ['#AddToCart', '2080000000000000001', /offer a product/],
  ['#nothing', POST.mug, /none of its hashtags/],
])('it names the rule that decides: %s', (text, to, rule) => {
  expect(explained(text, to).rule).toMatch(rule);
});

test('it is short, whatever the text is', () => {
  const { words } = explained(`#AddToCart ${'2 red XL, '.repeat(2_000)}`);
  expect(words).toHaveLength(20);
  for (const { text } of explained(`#AddToCart ${'9'.repeat(20_000)} no`).words)
    expect(text.length).toBeLessThanOrEqual(40);
});
