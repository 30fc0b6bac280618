import { expect, test } from '@jest/globals';
import type { ToldReply } from '../../src/domain/mail-content.ts';
import type { Detail, OutcomeKind, OutcomeReason } from '../../src/domain/outcome.ts';
import { type Having, stillNews } from '../../src/domain/still-news.ts';

const REPLY = '500';
const told = (outcome: OutcomeKind, detail: Detail, reason: OutcomeReason | null = null): ToldReply => ({
  ...{ post_id: REPLY, outcome, reason, title: 'Mug', among: [] },
  detail: { product: 'MUG', ...detail },
});
const has = (quantity: number, given: Partial<Having> = {}): Having => ({
  ...{ sku: 'MUG', product_sku: 'MUG', quantity, post_id: REPLY, position: REPLY, waiting: 0, price: 1800 },
  ...given,
});
const byPage = { position: '600' };
const byLaterReply = { post_id: '600', position: '600' };
const waits = has(0, { waiting: 2 });
const two = { lines: [{ sku: 'MUG', quantity: 2 }] };
const waitlist = { waitlist: [{ sku: 'MUG', quantity: 2 }] };
const cup = { sku: 'CUP', quantity: 1 };

test.each<[string, ToldReply, Having[], string]>([
  ['as it was', told('added', two), [has(2)], 'added 2'],
  ['changed on the page', told('added', two), [has(3, byPage)], 'set 3'],
  ['set on the page to what it was', told('added', two), [has(2, byPage)], 'added 2'],
  ['removed on the page', told('added', two), [has(0, byPage)], 'nothing'],
  ['paid', told('added', two), [has(0)], 'nothing'],
  ['paid in part', told('set', two), [has(1)], 'set 1'],
  ['in no open cart any more', told('set', two), [], 'nothing'],
  ['changed by a later reply, which is told, too', told('added', two), [has(5, byLaterReply)], 'added 2'],
  ['removed by a later reply', told('added', two), [has(0, byLaterReply)], 'added 2'],
  [
    'one of two removed',
    told('added', { lines: [...two.lines, cup] }),
    [has(0, byPage), has(1, { sku: 'CUP' })],
    'added 1',
  ],
  ['still waited for', told('waitlisted', waitlist), [waits], 'waitlisted'],
  ['not waited for any more', told('waitlisted', waitlist), [has(0)], 'nothing'],
  [
    'removed, but waited for',
    told('added', { ...two, ...waitlist }),
    [has(0, { ...byPage, waiting: 2 })],
    'waitlisted',
  ],
  ['in the cart already', told('unchanged', {}, 'already_in_cart'), [has(1)], 'unchanged'],
  ['in the cart already, and paid', told('unchanged', {}, 'already_in_cart'), [has(0)], 'nothing'],
  [
    'in the cart already, then removed by reply',
    told('unchanged', {}, 'already_in_cart'),
    [has(0, byLaterReply)],
    'unchanged',
  ],
  ['a question', told('asked', {}, 'missing_option'), [], 'asked'],
  [
    'a question about what was there before',
    told('asked', {}, 'missing_option'),
    [has(1, { position: '400' })],
    'asked',
  ],
  [
    'a question answered on the page',
    told('asked', {}, 'missing_option'),
    [has(1, { ...byPage, post_id: null })],
    'nothing',
  ],
  [
    'a question that a later reply is about',
    told('asked', {}, 'missing_option'),
    [has(1, byLaterReply)],
    'asked',
  ],
  ['a refusal', told('refused', {}, 'sold_out'), [has(0, byPage)], 'refused'],
  ['a removal', told('removed', two), [has(0)], 'removed'],
])('what a reply did, when its mail leaves: %s', (_name, reply, having, expected) => {
  const news = stillNews(reply, having);
  const counted =
    news?.outcome === 'added' || news?.outcome === 'set' ? ` ${news.detail.lines?.[0]?.quantity}` : '';
  expect(news ? `${news.outcome}${counted}` : 'nothing').toBe(expected);
});
