import { expect, test } from '@jest/globals';
import { goesToPay, readsTheCart } from './harness/cart.ts';
import { desktop, phone } from './harness/looks.ts';
import { choosesCard, isThanked, presses } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { repliesAndLinks } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

inBrowser('paying', () => {
  test('a declined card, a bank that asks, and then the order', () =>
    walking('declined', phone, async (walker) => {
      const { page } = walker;
      await repliesAndLinks(walker, somebodyNew('declined_1'), [{ to: posts.album }]);
      await goesToPay(walker);
      await choosesCard(walker, '0002');
      await presses(walker, /^Pay/);
      expect(await walker.reads(page.getByRole('alert'))).toContain('Your card was declined.');
      await walker.sees('declined');
      await choosesCard(walker, '3184');
      await presses(walker, /^Pay/);
      await page.getByRole('heading', { name: 'Your bank asks: is this you?' }).waitFor();
      await walker.sees('bank');
      await presses(walker, 'Complete');
      await isThanked(walker);
    }));

  test('a form that is not complete says what is missing, and leads back to the cart', () =>
    walking('incomplete', phone, async (walker) => {
      const { page } = walker;
      await repliesAndLinks(walker, somebodyNew('forgets_1'), [{ to: posts.mug }]);
      await goesToPay(walker);
      await page.getByLabel('Street and number').fill('');
      await presses(walker, /^Pay/);
      expect(await walker.reads(page.getByRole('alert'))).toContain('Enter the street and number.');
      await walker.sees('incomplete');
      await walker.follows(page.getByRole('link', { name: 'Back to' }));
      expect(await readsTheCart(walker)).toMatchObject({ total: '$29.90 USD' });
    }));

  test('a checkout that is paid says so to who comes back to it', () =>
    walking('paid-twice', desktop, async (walker) => {
      const { page } = walker;
      await repliesAndLinks(walker, somebodyNew('twice_1'), [{ to: posts.book }]);
      await goesToPay(walker);
      const checkout = page.url();
      await presses(walker, /^Pay/);
      const number = await isThanked(walker);
      await page.goto(checkout);
      await page.getByRole('heading', { name: 'This order is placed' }).waitFor();
      await walker.sees('placed-already');
      await walker.follows(page.getByRole('link', { name: 'See your order' }));
      expect(await isThanked(walker)).toBe(number);
    }));
});
