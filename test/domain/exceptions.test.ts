import { expect, test } from '@jest/globals';
import type { Product } from '../../src/domain/catalog.ts';
import { readReply } from '../../src/domain/read-reply.ts';
import { settle } from '../../src/domain/settle.ts';
import type { ShopperState } from '../../src/domain/shopper-state.ts';
import { advance } from '../../src/domain/waiting-line.ts';
import { readMessage } from '../../src/x/payload.ts';
import { aReply, POST } from '../harness/builders.ts';
import { aCatalog } from '../harness/catalogs.ts';

const AT = new Date('2026-11-22T12:00:00Z');
const options = [
  { name: 'color', values: [{ value: 'RED' }, { value: 'BLUE' }] },
  { name: 'size', values: [{ value: 'S' }, { value: 'M' }] },
];

const OPEN = { paused: false };
const CLOSED = { paused: true };

test.each([
  ['its own limit', OPEN, { limit: 1 }, '#AddToCart x2 red S', 'refused: over_limit'],
  ['up to its own limit', OPEN, { limit: 1 }, '#AddToCart red S', 'added'],
  ['its own limit, with what was bought', OPEN, { limit: 3 }, '#AddToCart x2 red S', 'refused: over_limit'],
  ['paused by itself', OPEN, CLOSED, '#AddToCart red S', 'refused: paused'],
  ['not begun yet', OPEN, { from: '2030-01-01T00:00:00Z' }, '#AddToCart red S', 'refused: not_started'],
  ['over', OPEN, { until: '2026-01-01T00:00:00Z' }, '#AddToCart red S', 'refused: ended'],
  ['with another that is for sale', OPEN, CLOSED, '#AddToCart 1 red S and 1 blue S', 'refused: paused'],
  ['another one', OPEN, CLOSED, '#AddToCart blue S', 'added'],
  ['for sale while its product is not', CLOSED, OPEN, '#AddToCart red S', 'added'],
  ['another one of that product', CLOSED, OPEN, '#AddToCart blue S', 'refused: paused'],
  ['one is for sale, none is named', CLOSED, OPEN, '#AddToCart', 'asked: missing_option'],
  ['none is for sale, none is named', CLOSED, CLOSED, '#AddToCart', 'refused: paused'],
])('a variant that is otherwise than its product: %s', (_name, product, exception, text, became) => {
  const variants = [{ sku: 'TEE-RED-S', ...exception }];
  const catalog = aCatalog({
    products: [{ sku: 'TEE', options, variants, posts: [POST.tee], ...product }],
  });
  const post = readMessage(aReply({ to: POST.tee, text }));
  const shopper: ShopperState = {
    linked: true,
    opted_out: false,
    lines: new Map(),
    claims: new Map(),
    ordered: new Map([
      ['TEE-RED-S', { product_sku: 'TEE', quantity: 'limit' in exception && exception.limit === 3 ? 2 : 0 }],
    ]),
  };
  const { decision } = settle(post.id, readReply(post, catalog), shopper, () => undefined, { at: AT });
  expect([decision.outcome, decision.reason].filter(Boolean).join(': ')).toBe(became);
});

test('who has more than they may have by now leaves the line; nobody gets a piece that is not there', () => {
  const catalog = aCatalog({ products: [{ sku: 'CUP', limit: 2, posts: [POST.mug] }] });
  const product = catalog.offers.get(POST.mug)?.[0] as Product;
  const state = (quantity: number): ShopperState => ({
    linked: true,
    opted_out: false,
    lines: new Map(
      quantity ? [['CUP', { quantity, price: 1, priced_at: null, offer_post_id: null, position: '1' }]] : [],
    ),
    claims: new Map([['CUP', { held: quantity, waiting: 2, position: '5' }]]),
    ordered: new Map(),
  });
  const states = new Map([
    ['ann', state(4)],
    ['ben', state(0)],
  ]);
  const asked = { price: 1, offer_post_id: null };
  const line = ['ann', 'ben'].map((shopper_id) => ({
    ...{ sku: 'CUP', shopper_id, quantity: 2 },
    ...{ post_id: '5', asked },
  }));
  const advances = advance(product, line, new Map([['CUP', 1]]), (id) => states.get(id) as ShopperState, AT);
  expect(advances.map(({ claim }) => claim)).toEqual([
    expect.objectContaining({ held: 4, waiting: 0 }),
    expect.objectContaining({ held: 1, waiting: 1 }),
  ]);
});
