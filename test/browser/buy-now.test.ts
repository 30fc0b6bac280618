import { expect, test } from '@jest/globals';
import { eventually } from '../harness/eventually.ts';
import { goesToPay } from './harness/cart.ts';
import { desktop, phone } from './harness/looks.ts';
import { opensMail, seesMail } from './harness/mailbox.ts';
import { isThanked, presses } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { repliesAndLinks } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { goesHome, post, replies } from './harness/timeline.ts';
import { type Walker, walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

/** Has their card kept while they pay for the first time. */
async function paysAndKeeps(walker: Walker): Promise<void> {
  await goesToPay(walker);
  await walker.page.getByLabel('Save my payment information').check();
  await presses(walker, /^Pay/);
  await isThanked(walker);
}

inBrowser('cards that are kept', () => {
  test('the first payment keeps card and address; after that a press pays, and a reply buys', () =>
    walking('buy-now', phone, async (walker) => {
      const { page } = walker;
      const robin = somebodyNew('robin_buys');
      await repliesAndLinks(walker, robin, [{ to: posts.mug }]);
      await paysAndKeeps(walker);
      await page.goto('/buy-now');
      await walker.sees('where-replies-buy');
      await walker.follows(page.getByRole('link', { name: /^Buy with #BuyNow at/ }));
      await eventually(async () => {
        if (await page.getByRole('radio', { name: '•••• 4242' }).isVisible()) return;
        await page.reload();
        throw new Error('the card is not kept yet');
      });
      await page.getByLabel('At most for one order').fill('100');
      await page.getByLabel('At most within 24 hours').fill('150');
      await page.getByLabel('I agree that purchases').check();
      await walker.sees('agreement');
      await presses(walker, 'Agree');
      expect(await walker.reads(page.locator('main'))).toContain('up to $100.00 an order and $150.00 a day');
      await walker.sees('own-page');
      await goesHome(walker);
      await replies(walker, post(walker, posts.book), '#BuyNow');
      await opensMail(walker, robin.mail, 'Buying now');
      await seesMail(walker, 'mail-buying');
      await goesHome(walker);
      const outcome = post(walker, posts.book).locator('.outcome').last();
      await eventually(async () => {
        await page.reload();
        expect(await walker.reads(outcome)).toContain('Bought: 1 ×');
      });
    }));

  test('a press pays with the kept card, to the kept address', () =>
    walking('kept-card', desktop, async (walker) => {
      const { page } = walker;
      const kim = somebodyNew('kim_keeps');
      await repliesAndLinks(walker, kim, [{ to: posts.mug }]);
      await paysAndKeeps(walker);
      await goesHome(walker);
      await replies(walker, post(walker, posts.book), '#AddToCart');
      await eventually(async () => {
        await page.goto('/me');
        if (!(await walker.reads(page.locator('main'))).includes('•••• 4242'))
          throw new Error('not kept yet');
      });
      await walker.sees('cards-of-theirs');
      await presses(walker, /^Open the cart/);
      await walker.sees('cart-with-card');
      await presses(walker, /^Buy now, pay .* with Visa •••• 4242$/);
      await isThanked(walker);
    }));
});
