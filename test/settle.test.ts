import { expect, test } from '@jest/globals';
import { aReply, newPostId, POST, SHOP } from './harness/builders.ts';
import { aContext, useCatalog } from './harness/context.ts';
import { aShopper, cartOf, deliver, outcomeOf } from './harness/replies.ts';

const context = await aContext();
await useCatalog(context);

test.each([
  ['a plain reply', { text: '@shop #AddToCart' }, 'added', { 'shop MUG': 1 }],
  ['a quantity', { text: '#AddToCart x3' }, 'added', { 'shop MUG': 3 }],
  ['another product', { to: POST.ebook }, 'added', { 'shop EBOOK': 1 }],
  [
    'a reply to a comment below the post',
    { to: '2090000000000000001', conversation: POST.sticker },
    'added',
    { 'shop STICKER': 1 },
  ],
  [
    'two products, one named',
    { to: POST.mugAndTee, text: '#AddToCart the mug please' },
    'added',
    { 'shop MUG': 1 },
  ],
  ['two products, none named', { to: POST.mugAndTee }, 'asked: which_product', {}],
  ['a product with options', { to: POST.tee }, 'asked: missing_option', {}],
  ['one variant', { to: POST.tee, text: '#AddToCart red / large' }, 'added', { 'shop TEE-RED-L': 1 }],
  [
    'two variants',
    { to: POST.tee, text: '#AddToCart 1 red M and 2 blue L' },
    'added',
    { 'shop TEE-BLUE-L': 2, 'shop TEE-RED-M': 1 },
  ],
  ['a size that there is not', { to: POST.tee, text: '#AddToCart red 2XL' }, 'asked: unknown_option', {}],
  ['two colours', { to: POST.tee, text: '#AddToCart red blue M' }, 'asked: conflicting_option', {}],
  ['a variant that is sold out', { to: POST.tee, text: '#AddToCart red XL' }, 'waitlisted', {}],
  [
    'more than the limit over all variants',
    { to: POST.tee, text: '#AddToCart 4 red M and 3 blue L' },
    'refused: over_limit',
    {},
  ],
  ['two numbers', { text: '#AddToCart x2 x3' }, 'asked: conflicting_quantity', {}],
  ['both tags', { text: '#AddToCart #RemoveFromCart' }, 'asked: conflicting_tags', {}],
  ['more than the limit', { text: '#AddToCart x99' }, 'refused: over_limit', {}],
  ['none', { text: '#AddToCart x0' }, 'refused: invalid_quantity', {}],
  ['a paused product', { to: POST.lamp }, 'refused: paused', {}],
  ['one that has ended', { to: POST.poster }, 'refused: ended', {}],
  ['one that has not begun', { to: POST.cap }, 'refused: not_started', {}],
  ['nothing to remove', { text: '#RemoveFromCart' }, 'unchanged: not_in_cart', {}],
  ['a negated tag', { text: 'do not #AddToCart this' }, 'ignored: negated', {}],
  ['a question', { text: 'How does #AddToCart work?' }, 'helped', {}],
  ['another merchant’s post', { to: POST.rivalCup }, 'added', { 'rival CUP': 1 }],
  ['a post that sells nothing', { to: '2080000000000000001' }, 'ignored: not_a_product', {}],
  ['a quote', { to: null, quotes: POST.mug }, 'ignored: quote', {}],
])('%s', async (_name, given, outcome, cart) => {
  const author = await aShopper(context);
  const reply = aReply({ author, ...given });
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe(outcome);
  expect(await cartOf(context, author)).toEqual(cart);
});

test.each([
  ['no tag of ours', { text: 'nice #mug' }, 'ignored: no_trigger'],
  ['a repost', { to: null, retweets: POST.mug }, 'ignored: retweet'],
  ['the bot itself', { author: '9000000000000000009' }, 'ignored: bot_self'],
  ['no reply', { to: null }, 'ignored: not_a_reply'],
  ['the merchant', { author: SHOP }, 'ignored: merchant_self'],
])('%s', async (_name, given, outcome) => {
  const reply = aReply(given);
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe(outcome);
});

test('replies of one shopper take effect in the order in which they were written', async () => {
  const author = await aShopper(context);
  const [first, second, third] = [
    aReply({ author, text: '#AddToCart x2' }),
    aReply({ author, text: '#RemoveFromCart' }),
    aReply({ author, text: '#AddToCart x4' }),
  ];
  await deliver(context, third, first, second);
  expect(await Promise.all([first, second, third].map((reply) => outcomeOf(context, reply)))).toEqual([
    'added',
    'removed',
    'added',
  ]);
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 4 });
});

test('“one more” adds to what is in the cart, and a value that is not meant leaves it', async () => {
  const author = await aShopper(context);
  const say = async (text: string): Promise<string> => {
    const reply = aReply({ author, to: POST.tee, text });
    await deliver(context, reply);
    return outcomeOf(context, reply);
  };
  expect(await say('#AddToCart 2 red M')).toBe('added');
  expect(await say('#AddToCart one more red M')).toBe('set');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-RED-M': 3 });
  expect(await say('#AddToCart L instead of M')).toBe('added');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-RED-L': 3 });
  expect(await say('#AddToCart blue S')).toBe('added');
  expect(await say('#AddToCart 3 blue L')).toBe('refused: over_limit');
  expect(await say('#RemoveFromCart blue')).toBe('removed');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-RED-L': 3 });
  expect(await say('#RemoveFromCart')).toBe('removed');
  expect(await say('#RemoveFromCart')).toBe('unchanged: not_in_cart');
  expect(await cartOf(context, author)).toEqual({});
});

test('a removal takes as many as it says, and asks of which where there are several', async () => {
  const author = await aShopper(context);
  const say = async (text: string): Promise<string> => {
    const reply = aReply({ author, to: POST.tee, text });
    await deliver(context, reply);
    return outcomeOf(context, reply);
  };
  expect(await say('#AddToCart 3 red M')).toBe('added');
  expect(await say('#RemoveFromCart one')).toBe('removed');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-RED-M': 2 });
  expect(await say('#AddToCart blue M')).toBe('added');
  expect(await say('#RemoveFromCart 1')).toBe('asked: missing_option');
  expect(await say('#RemoveFromCart x0')).toBe('refused: invalid_quantity');
  expect(await say('#RemoveFromCart 1 black M')).toBe('unchanged: not_in_cart');
  expect(await say('#RemoveFromCart 1 red and 1 M red')).toBe('removed');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-RED-M': 1, 'shop TEE-BLUE-M': 1 });
  expect(await say('#RemoveFromCart 5 red')).toBe('removed');
  expect(await cartOf(context, author)).toEqual({ 'shop TEE-BLUE-M': 1 });
});

test('a removal of all variants holds against an older reply that comes late', async () => {
  const author = await aShopper(context);
  const late = aReply({ author, to: POST.tee, text: '#AddToCart red M' });
  const removal = aReply({ author, to: POST.tee, text: '#RemoveFromCart' });
  await deliver(context, removal);
  await deliver(context, late);
  expect(await outcomeOf(context, late)).toBe('unchanged: not_in_cart');
  expect(await cartOf(context, author)).toEqual({});
});

test('a reply that comes late does not override a newer one', async () => {
  const author = await aShopper(context);
  const [older, newer] = [
    aReply({ author, text: '#AddToCart x5' }),
    aReply({ author, text: '#AddToCart x2' }),
  ];
  await deliver(context, newer);
  await deliver(context, older);
  expect(await outcomeOf(context, older)).toBe('unchanged: already_in_cart');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 2 });
});

test.each([
  ['nothing to remove yet', ['#AddToCart x3', '#RemoveFromCart'], {}],
  [
    'a number that the cart has already',
    ['#AddToCart x1', '#AddToCart x3', '#AddToCart x1'],
    { 'shop MUG': 1 },
  ],
  ['all of it', ['#AddToCart x3', '#RemoveFromCart', '#AddToCart x2'], { 'shop MUG': 2 }],
])('the newest word holds in whatever order replies arrive: %s', async (_name, texts, cart) => {
  for (const order of permutations(texts.map((_, n) => n))) {
    const author = await aShopper(context);
    const replies = texts.map((text) => aReply({ author, text }));
    for (const n of order) await deliver(context, replies[n] as (typeof replies)[number]);
    expect({ order, cart: await cartOf(context, author) }).toEqual({ order, cart });
  }
});

test('a removed line is not brought back by an older reply', async () => {
  const author = await aShopper(context);
  const [first, late, remove] = [
    aReply({ author }),
    aReply({ author, text: '#AddToCart x3' }),
    aReply({ author, text: '#RemoveFromCart' }),
  ];
  await deliver(context, first);
  await deliver(context, remove);
  await deliver(context, late);
  expect(await outcomeOf(context, late)).toBe('unchanged: not_in_cart');
  expect(await cartOf(context, author)).toEqual({});
});

test('a post that is delivered again keeps its outcome', async () => {
  const author = await aShopper(context);
  const reply = aReply({ author, text: '#AddToCart x2' });
  await Promise.all([deliver(context, reply), deliver(context, reply), deliver(context, reply)]);
  expect(await outcomeOf(context, reply)).toBe('added');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 2 });
  const rows = await context.db
    .selectFrom('outcomes')
    .selectAll()
    .where('post_id', '=', reply.data.id)
    .execute();
  expect(rows).toHaveLength(1);
});

test('one mail is waiting for a shopper and merchant, whatever happens before it leaves', async () => {
  const author = await aShopper(context);
  await deliver(context, aReply({ author }), aReply({ author, to: POST.sticker }));
  await deliver(context, aReply({ author, to: POST.ebook }));
  const mails = await context.db.selectFrom('mails').selectAll().where('shopper_id', '=', author).execute();
  expect(mails).toMatchObject([{ kind: 'update', status: 'pending', merchant_id: 'shop' }]);
  const told = await context.db
    .selectFrom('outcomes')
    .select('mail_id')
    .where('shopper_id', '=', author)
    .execute();
  expect(new Set(told.map((row) => row.mail_id))).toEqual(new Set([mails[0]?.id]));
});

test('a question opens a cart, so that it can be answered', async () => {
  const author = await aShopper(context);
  await deliver(context, aReply({ author, to: POST.tee }));
  const carts = await context.db.selectFrom('carts').selectAll().where('shopper_id', '=', author).execute();
  expect(carts).toMatchObject([{ merchant_id: 'shop', status: 'open', version: 1 }]);
  await deliver(context, aReply({ author, to: POST.tee }), aReply({ author }));
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
});

test('whoever has not linked is remembered by a number only, and their reply is held', async () => {
  const reply = aReply({ author: '3333333333333333331', text: '#AddToCart x2' });
  await deliver(context, reply);
  expect(await outcomeOf(context, reply)).toBe('held');
  const [row] = await context.db
    .selectFrom('outcomes')
    .selectAll()
    .where('post_id', '=', reply.data.id)
    .execute();
  expect(row).toMatchObject({
    shopper_id: '3333333333333333331',
    mail_id: null,
    detail: { lines: [{ sku: 'MUG', quantity: 2 }] },
  });
});

test.each([
  ['no author', { data: { id: newPostId(), text: '#AddToCart' } }],
  ['null text', { data: { id: newPostId(), text: null, author_id: '1' } }],
  [
    'entities of another shape',
    { data: { id: newPostId(), text: '#AddToCart', author_id: '1', entities: { hashtags: 'many' } } },
  ],
])('something that is no post as we know them fails alone: %s', async (_name, broken) => {
  const author = await aShopper(context);
  const good = aReply({ author });
  await deliver(context, broken as never, good);
  expect(await outcomeOf(context, broken as never)).toBe('failed');
  expect(await outcomeOf(context, good)).toBe('added');
});

test.each([
  ['NUL', '#AddToCart \u0000 x2'],
  ['half of a character', '#AddToCart \ud800 x2'],
  ['SQL', "#AddToCart x2'; drop table carts; --"],
  ['25,000 characters', `#AddToCart ${'x'.repeat(24_980)} x2`],
  ['500 tags', `${'#AddToTable '.repeat(500)} #AddToCart x2`],
  ['text that runs backwards', '#AddToCart \u202e2x'],
  ['NUL in a tag', '#AddToCart\u0000 #AddToCart x2'],
])('hostile text is only text, and what comes behind it is settled too: %s', async (_name, text) => {
  const [author, next] = [await aShopper(context), await aShopper(context)];
  const reply = aReply({ author, text });
  const behind = aReply({ author: next });
  await deliver(context, reply, behind);
  expect(await outcomeOf(context, reply)).toBe('added');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 2 });
  expect(await outcomeOf(context, behind)).toBe('added');
});

test('tags that hold what PostgreSQL does not take are no tags of ours', async () => {
  const reply = aReply({ tags: ['\u0000AddToCart', '\ud800', 'x'.repeat(24_000)] });
  const behind = aReply({ author: await aShopper(context) });
  await deliver(context, reply, behind);
  expect(await outcomeOf(context, reply)).toBe('ignored: no_trigger');
  expect(await outcomeOf(context, behind)).toBe('added');
});

function permutations(of: number[]): number[][] {
  if (of.length < 2) return [of];
  return of.flatMap((first) => permutations(of.filter((n) => n !== first)).map((rest) => [first, ...rest]));
}

test('“stop” beside a tag ends everything at once, also for later replies of the same batch', async () => {
  const author = await aShopper(context);
  const [before, stop, after] = [
    aReply({ author, to: POST.mug }),
    aReply({ author, to: POST.mug, text: '#AddToCart unsubscribe' }),
    aReply({ author, to: POST.ebook }),
  ];
  await deliver(context, before, stop, after);
  expect(await outcomeOf(context, before)).toBe('added');
  expect(await outcomeOf(context, stop)).toBe('ignored: opted_out');
  expect(await outcomeOf(context, after)).toBe('ignored: opted_out');
  const later = aReply({ author, to: POST.ebook });
  await deliver(context, later);
  expect(await outcomeOf(context, later)).toBe('ignored: opted_out');
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 1 });
});
