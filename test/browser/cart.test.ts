import { expect, test } from '@jest/globals';
import { changesQuantity, goesToPay, readsTheCart, removes } from './harness/cart.ts';
import { desktop, phone } from './harness/looks.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { repliesAndLinks } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

inBrowser('the cart page', () => {
  test('changes quantities within the limit, and removes products', () =>
    walking('changing', phone, async (walker) => {
      const { page } = walker;
      await repliesAndLinks(walker, somebodyNew('changes_1'), [
        { to: posts.mug },
        { to: posts.breakfast, saying: 'bowl' },
      ]);
      const [mug, bowl] = ['Speckled stoneware mug', 'Ramen bowl, tenmoku glaze'];
      await changesQuantity(walker, mug, 2);
      const { lines, total } = await readsTheCart(walker);
      expect(lines.sort()).toEqual([`1 × ${bowl} $32.00`, `2 × ${mug} $48.00`]);
      expect(total).toBe('$80.00'); // from 75.00 on nothing is paid for shipping
      await walker.sees('two-products');

      await changesQuantity(walker, mug, 7);
      expect(await walker.reads(page.getByRole('alert'))).toBe('At most 6 for each shopper.');
      await walker.sees('over-the-limit');

      await removes(walker, mug);
      expect(await readsTheCart(walker)).toMatchObject({ lines: [`1 × ${bowl} $32.00`], total: '$37.90' });
      await removes(walker, bowl);
      expect(await walker.reads(page.getByRole('main'))).toContain('Nothing is in this cart.');
      await walker.sees('empty');
    }));

  test('asks again where the total is another one than the shopper has seen', () =>
    walking('two-tabs', desktop, async (walker, context) => {
      const { page } = walker;
      await repliesAndLinks(walker, somebodyNew('two_tabs'), [{ to: posts.mug }]);
      const tab = await context.newPage();
      await tab.goto(page.url());
      await changesQuantity(walker, 'Speckled stoneware mug', 2);
      await tab.getByRole('button', { name: 'Pay $29.90' }).click();
      await tab.getByText('Please look once more').waitFor();
      expect(await tab.getByRole('alert').innerText()).toContain('The total was $29.90; it is $53.90 now.');
      await page.goto(tab.url().replace(/\/checkout$/, ''));
      await tab.close();
      await goesToPay(walker);
      await walker.follows(page.getByRole('link', { name: 'Back to' }));
      expect(await readsTheCart(walker)).toMatchObject({ total: '$53.90' });
    }));
});
