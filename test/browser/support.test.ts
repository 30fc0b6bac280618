import { expect, test } from '@jest/globals';
import { reasonsForReveals } from './harness/books.ts';
import { goesToPay } from './harness/cart.ts';
import { looks } from './harness/looks.ts';
import { fillsInAddress, isThanked, presses } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { repliesAndLinks } from './harness/shopping.ts';
import { searches, signsInAsStaff } from './harness/staff.ts';
import { inBrowser } from './harness/suite.ts';
import { walking } from './harness/walker.ts';
import { record } from './harness/wishes.ts';

inBrowser('support', () => {
  test.each(looks.filter(({ js }) => js))(
    'finds a shopper and all that happened, and shows addresses for a reason only, $name',
    (look) =>
      walking('support', look, async (walker) => {
        const { page } = walker;
        const who = somebodyNew(`case_${look.width}${look.scheme.slice(0, 1)}`);
        await repliesAndLinks(walker, who, [{ to: record.post }]);
        await goesToPay(walker);
        await fillsInAddress(walker, record.address);
        await presses(walker, /^Pay/);
        const number = await isThanked(walker);

        await signsInAsStaff(walker);
        await walker.sees('search');
        await searches(walker, 'nobody at all');
        expect(await walker.reads(page.getByRole('alert'))).toContain('Nothing is known of');
        await walker.sees('nobody');
        await searches(walker, `@${who.handle}`);
        await page.getByRole('heading', { name: `@${who.handle}` }).waitFor();
        const tags = page.locator('.timeline .tag');
        const story = await tags.allInnerTexts();
        for (const step of ['held', 'consent', 'added', 'mail sent', 'checkout', 'event', 'payment', 'order'])
          expect(story).toContain(step);
        const masked = await walker.reads(page.getByRole('main'));
        for (const secret of [who.mail, record.address.street, record.address.name])
          expect(masked).not.toContain(secret);
        await walker.sees('case');

        const reason = `the parcel of ${who.handle} came back`;
        await page.getByLabel('Show addresses in full, because').fill(reason);
        await presses(walker, 'Show');
        const revealed = await walker.reads(page.getByRole('main'));
        for (const secret of [who.mail, record.address.street, record.address.name])
          expect(revealed).toContain(secret);
        expect(await reasonsForReveals()).toContain(`agent@replycart.example: ${reason}`);
        await walker.sees('revealed');

        await walker.follows(page.getByRole('link', { name: 'details' }).first());
        await page.getByText('As X delivered it').click();
        await walker.sees('reply');
        await searches(walker, number);
        await page.getByText(`Order ${number}`).first().waitFor();
        await presses(walker, 'Sign out');
        await page.goto('/support');
        await page.getByLabel('Password').waitFor();
      }),
  );
});
