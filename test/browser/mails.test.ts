import { expect, test } from '@jest/globals';
import { goesToPay, readsTheCart } from './harness/cart.ts';
import { desktop, phone } from './harness/looks.ts';
import { opensMail, seesMail } from './harness/mailbox.ts';
import { isThanked, presses } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { linksFirst, repliesAndLinks, repliesTo } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { goesHome } from './harness/timeline.ts';
import { walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

inBrowser('mails', () => {
  test('lead a linked shopper from their reply to the cart', () =>
    walking('linked', phone, async (walker) => {
      const { page } = walker;
      const who = somebodyNew('linked_1');
      await linksFirst(walker, who, posts.mug);
      await page.getByRole('heading', { name: 'Your carts' }).waitFor();
      await walker.sees('no-carts-yet');
      await goesHome(walker);
      const [outcome] = await repliesTo(walker, [{ to: posts.mug, saying: 'x2' }]);
      expect(outcome).toBe('added Added: 2 × Speckled stoneware mug.');
      const mail = await opensMail(walker, who.mail, 'In your cart: Speckled stoneware mug');
      await seesMail(walker, 'update');
      expect(mail.replyTo).toBe('hello@kilnandclay.example');
      await walker.follows(mail.body.getByRole('link', { name: 'See the cart and pay' }));
      expect(await readsTheCart(walker)).toMatchObject({ lines: ['2 × Speckled stoneware mug $48.00'] });
    }));

  test('come again after the second reply of somebody who has linked, and say what is in the cart now', () =>
    walking('second-reply', desktop, async (walker) => {
      const who = somebodyNew('second_1');
      await repliesAndLinks(walker, who, [{ to: posts.mug }]);
      await goesHome(walker);
      await repliesTo(walker, [{ to: posts.breakfast, saying: 'bowl' }]);
      const mail = await opensMail(walker, who.mail, 'In your cart: Ramen bowl, tenmoku glaze');
      await walker.follows(mail.body.getByRole('link', { name: 'See the cart and pay' }));
      expect((await readsTheCart(walker)).lines).toHaveLength(2);
    }));

  test('bring a download with the receipt, and nobody is asked for an address', () =>
    walking('download', phone, async (walker) => {
      const { page } = walker;
      const who = somebodyNew('reader_1');
      await repliesAndLinks(walker, who, [{ to: posts.book }]);
      await goesToPay(walker);
      await walker.sees('payment');
      expect(await page.getByLabel('Street and number').count()).toBe(0);
      await presses(walker, /^Pay/);
      const number = await isThanked(walker);
      await walker.sees('thanks');
      await opensMail(walker, who.mail, `Receipt for order ${number}`);
      await seesMail(walker, 'receipt');
      const delivery = await opensMail(walker, who.mail, `Here is what you bought: order ${number}`);
      await seesMail(walker, 'delivery');
      await walker.follows(delivery.body.getByRole('link', { name: 'Download: Glazes at home (e-book)' }));
      await walker.sees('download');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download' }).click(),
      ]);
      expect(file.suggestedFilename()).toBe('glazes-at-home.pdf');
      await opensMail(walker, 'hello@kilnandclay.example', `New order ${number}: paid and delivered`);
      await seesMail(walker, 'order');
    }));

  test('give back the way to a cart whose link is lost', () =>
    walking('lost', phone, async (walker) => {
      const { page } = walker;
      const who = somebodyNew('loser_1');
      await repliesAndLinks(walker, who, [{ to: posts.mug }]);
      await walker.follows(page.getByRole('link', { name: 'Lost your link?' }));
      await page.getByLabel('E-mail address').fill(who.mail);
      await presses(walker, 'Mail me the links');
      await walker.sees('links-asked');
      const mail = await opensMail(walker, who.mail, 'Your carts');
      await seesMail(walker, 'links');
      await walker.follows(mail.body.getByRole('link', { name: 'Open the cart at Kiln & Clay' }));
      expect(await readsTheCart(walker)).toMatchObject({ lines: ['1 × Speckled stoneware mug $24.00'] });
    }));
});
