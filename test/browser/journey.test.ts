import { expect, test } from '@jest/globals';
import { stockOf } from './harness/books.ts';
import { choosesCountry, goesToPay, readsTheCart } from './harness/cart.ts';
import { agreesAndAuthorizes } from './harness/linking.ts';
import { type Look, looks } from './harness/looks.ts';
import { opensMail, seesMail } from './harness/mailbox.ts';
import { fillsInAddress, isThanked, presses } from './harness/paying.ts';
import { kenji, noor, type Shopper, sam, somebodyNew } from './harness/shoppers.ts';
import { inBrowser } from './harness/suite.ts';
import {
  becomes,
  followsThePostsLink,
  hashtagOf,
  opensTheAddress,
  post,
  replies,
} from './harness/timeline.ts';
import { walking } from './harness/walker.ts';
import { beans, bowl, mug, mugs, type Order, sixMugs } from './harness/wishes.ts';

/**
 * A shopper of the sandbox, or somebody new, for each look; and what they fancy. Nobody else's test buys these
 * products: several files run at the same time, and stock is counted here.
 */
const walks: Array<{ who: Shopper; wish: Order }> = [
  { who: sam, wish: mugs },
  { who: noor, wish: bowl },
  { who: kenji, wish: beans },
  { who: somebodyNew('walk_4'), wish: mug },
  { who: somebodyNew('walk_5'), wish: bowl },
  { who: somebodyNew('walk_6'), wish: beans },
  { who: somebodyNew('walk_7'), wish: sixMugs },
  { who: somebodyNew('walk_8'), wish: mug },
];
const rows = looks.map((look: Look, n) => ({
  look,
  name: look.name,
  ...(walks[n] as (typeof walks)[number]),
}));

inBrowser('a newcomer replies to a post, pays, and the merchant can pack it', () => {
  test.each(rows)('$name: @$who.handle, $wish.quantity × $wish.sku', ({ look, who, wish }) =>
    walking('journey', look, async (walker) => {
      const before = await stockOf(wish.sku);

      await opensTheAddress(walker);
      await walker.sees('timeline');
      await becomes(walker, who);
      const article = post(walker, wish.post);
      const tag = await hashtagOf(article);
      expect(await replies(walker, article, wish.reply(tag))).toBe(
        `held Kept for you: ${wish.quantity} × ${wish.title}.`,
      );
      await walker.sees('held');

      await followsThePostsLink(walker, article);
      await agreesAndAuthorizes(walker);
      if (wish.asksForCountry) await choosesCountry(walker, wish.address.country);
      expect(await readsTheCart(walker)).toEqual({
        title: `Your cart at ${wish.merchant}`,
        lines: [`${wish.quantity} × ${wish.title} ${wish.items}`],
        total: wish.total,
      });
      await walker.sees('cart');

      await goesToPay(walker);
      await fillsInAddress(walker, wish.address);
      await walker.sees('payment-at-stripe');
      await presses(walker, /^Pay/);
      const number = await isThanked(walker);
      await walker.sees('thanks');

      const receipt = await opensMail(walker, who.mail, `Receipt for order ${number}`);
      for (const part of [`${wish.quantity} × ${wish.title}`, wish.total, ...wish.addressLines]) {
        expect(receipt.html).toContain(part);
        expect(receipt.text).toContain(part);
      }
      expect(receipt.replyTo).toBe(wish.merchantMail);
      await seesMail(walker, 'receipt');

      const news = await opensMail(walker, wish.merchantMail, `New order ${number}: paid, please send`);
      for (const part of [
        `${wish.quantity} × ${wish.sku} (${wish.title})`,
        wish.total,
        ...wish.addressLines,
      ]) {
        expect(news.html).toContain(part);
        expect(news.text).toContain(part);
      }
      await seesMail(walker, 'order');

      expect(await stockOf(wish.sku)).toBe(before - wish.quantity);
    }),
  );
});
