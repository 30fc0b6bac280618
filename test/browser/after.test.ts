import { expect, test } from '@jest/globals';
import { goesToPay } from './harness/cart.ts';
import { dark, phone } from './harness/looks.ts';
import { opensMail } from './harness/mailbox.ts';
import { isThanked, presses } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { repliesAndLinks } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

inBrowser('second thoughts', () => {
  test.each([phone, dark])('an order is swapped for another option, and then cancelled, $name', (look) =>
    walking('after', look, async (walker) => {
      const { page } = walker;
      const who = somebodyNew(`thinks_${look.scheme}`);
      await repliesAndLinks(walker, who, [{ to: posts.shirt, saying: 'black, M' }]);
      await goesToPay(walker);
      await presses(walker, /^Pay/);
      const number = await isThanked(walker);
      const receipt = await opensMail(walker, who.mail, `Receipt for order ${number}`);
      await walker.follows(receipt.body.getByRole('link', { name: 'See the order' }));
      await page.getByRole('heading', { name: `Order ${number}`, level: 1 }).waitFor();
      expect(await walker.reads(page.locator('main'))).toContain('Paid. It is not on its way yet.');
      await walker.sees('order');
      await page.getByLabel('In place of 1 × Tour T-shirt (BLACK, M)').selectOption('SHIRT-BLACK-L');
      await presses(walker, /^Swap/);
      expect(await walker.reads(page.getByRole('status'))).toContain('Swapped.');
      await walker.sees('swapped');
      await walker.follows(page.getByRole('link', { name: 'Cancel this order' }));
      await page.getByRole('heading', { name: `Cancel order ${number}?` }).waitFor();
      await walker.sees('cancel');
      await presses(walker, 'Yes, cancel the order');
      expect(await walker.reads(page.getByRole('status'))).toContain('The order is cancelled.');
      await walker.sees('cancelled');
      const back = await opensMail(walker, who.mail, 'given back');
      expect(back.text).toContain('The order was cancelled.');
    }),
  );
});
