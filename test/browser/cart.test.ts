import { expect, test } from '@jest/globals';
import { leavesOnly } from './harness/books.ts';
import { changesQuantity, choosesOption, goesToPay, readsTheCart, removes } from './harness/cart.ts';
import { dark, desktop, phone } from './harness/looks.ts';
import { opensMail } from './harness/mailbox.ts';
import { presses } from './harness/paying.ts';
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
      expect(total).toBe('$80.00 USD'); // from 75.00 on nothing is paid for shipping
      await walker.sees('two-products');

      await changesQuantity(walker, mug, 7);
      expect(await walker.reads(page.getByRole('alert'))).toBe('At most 6 for each shopper.');
      await walker.sees('over-the-limit');

      await removes(walker, mug);
      expect(await readsTheCart(walker)).toMatchObject({
        lines: [`1 × ${bowl} $32.00`],
        total: '$37.90 USD',
      });
      await removes(walker, bowl);
      expect(await walker.reads(page.getByRole('main'))).toContain('Nothing is in this cart.');
      await walker.sees('empty');
    }));

  test.each([phone, dark])('changes options, says what has changed, and empties the cart, $name', (look) =>
    walking('options-in-place', look, async (walker) => {
      const { page } = walker;
      const who = somebodyNew(`places_${look.scheme}`);
      await repliesAndLinks(walker, who, [{ to: posts.shirt, saying: 'black M x2' }, { to: posts.record }]);
      const mail = await opensMail(walker, who.mail, /In your cart/);
      await walker.follows(mail.body.getByRole('link', { name: 'See the cart and pay' }));
      await choosesOption(walker, 'Tour T-shirt', 'BLACK, L');
      await changesQuantity(walker, 'Moth Lamps', 2);
      expect((await readsTheCart(walker)).lines.sort()).toEqual([
        '2 × Moth Lamps (12-inch vinyl) £56.00',
        '2 × Tour T-shirt (BLACK, L) £44.00',
      ]);
      expect(await walker.reads(page.locator('.note'))).toContain(
        'New in the cart: 2 × Tour T-shirt (BLACK, L).',
      );
      expect(await page.locator('.pictured img').count()).toBe(2);
      await walker.sees('changed');
      await presses(walker, /^Undo: back to 1/);
      expect((await readsTheCart(walker)).lines).toContain('1 × Moth Lamps (12-inch vinyl) £28.00');

      const again = await opensMail(walker, who.mail, /In your cart/);
      await walker.follows(again.body.getByRole('link', { name: 'Take everything out of the cart' }));
      await walker.sees('empty-it');
      await presses(walker, 'Take everything out');
      await walker.sees('taken-out');
      await presses(walker, 'Put back 1 × Moth Lamps (12-inch vinyl)');
      expect((await readsTheCart(walker)).lines).toEqual(['1 × Moth Lamps (12-inch vinyl) £28.00']);
    }),
  );

  test.each([phone, dark])('has a way on where not everything is left, $name', (look) =>
    walking('ways-on', look, async (walker) => {
      const { page } = walker;
      const sku = look.scheme === 'dark' ? 'SHIRT-BLACK-S' : 'SHIRT-BLACK-M';
      const size = sku.slice(-1);
      await repliesAndLinks(walker, somebodyNew(`ways_${look.scheme}`), [
        { to: posts.record },
        { to: posts.shirt, saying: `black ${size} x3` },
      ]);
      await using _shortage = await leavesOnly(sku, 1);
      await presses(walker, /^Pay/);
      await page.getByText('Please look once more').waitFor();
      await walker.sees('short');
      await presses(walker, 'Put the rest on the waiting list');
      expect(await walker.reads(page.getByRole('main'))).toContain(`2 × Tour T-shirt (BLACK, ${size})`);
      await walker.sees('waiting');
      await goesToPay(walker);
    }),
  );

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
      expect(await readsTheCart(walker)).toMatchObject({ total: '$53.90 USD' });
    }));
});
