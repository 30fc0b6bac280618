import { expect, test } from '@jest/globals';
import { checkInvariants } from '../src/db/invariants.ts';
import {
  anEnrolled,
  chargedTo,
  letRepliesBuy,
  ordersOf,
  purchaseOf,
  says,
  timePasses,
} from './harness/buying.ts';
import { aGoodsShop, GOODS_POST } from './harness/goods-shop.ts';
import { mailsTo, sendAll } from './harness/mails.ts';

const { shop } = await aGoodsShop();
const { context } = shop;
await letRepliesBuy(context);

test('a reply gives at once: the amount that it says, and nothing where it says none', async () => {
  const sam = await anEnrolled(shop);
  const [open, given] = [
    await says(shop, sam, '#BuyNow', { to: GOODS_POST.fund }),
    await says(shop, sam, '#BuyNow 25', { to: GOODS_POST.fund }),
  ];
  await timePasses(shop);
  expect([await purchaseOf(shop, open), await purchaseOf(shop, given)]).toEqual(['none', 'bought']);
  expect(await chargedTo(shop, sam.customer)).toEqual([2_500]);
});

test('a download that a reply buys comes by mail', async () => {
  const sam = await anEnrolled(shop);
  await says(shop, sam, '#BuyNow', { to: GOODS_POST.ebook });
  await timePasses(shop);
  await sendAll(context);
  expect(await ordersOf(shop, sam.id)).toMatchObject([{ shipping: 0, ship_to: null }]);
  expect((await mailsTo(shop, sam.email)).some(({ html }) => /\/d\/\d+-/.test(html))).toBe(true);
});

test('after all that the books are right', async () => {
  expect((await checkInvariants(context.db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
});
