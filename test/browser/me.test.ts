import { expect, test } from '@jest/globals';
import { looks, phone } from './harness/looks.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { repliesAndLinks } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { type Walker, walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

const presses = (walker: Walker, name: string): Promise<void> =>
  walker.follows(walker.page.getByRole('button', { name, exact: true }));
const opens = (walker: Walker, name: string): Promise<void> =>
  walker.follows(walker.page.getByRole('link', { name, exact: true }));
const heading = (walker: Walker): Promise<string> =>
  walker.reads(walker.page.getByRole('heading', { level: 1 }));

const dark = looks.find(({ name }) => name === '1280-dark-nojs') ?? phone;

inBrowser('a shopper’s own page', () => {
  test.each([phone, dark])('shows and changes what they decide, and lets them go, $name', (look) =>
    walking('me', look, async (walker) => {
      const { page } = walker;
      await repliesAndLinks(walker, somebodyNew(`goes_${look.width}`), [{ to: posts.mug }]);
      await page.goto('/me');
      await walker.sees('me');
      await presses(walker, 'No mail about my carts');
      expect(await walker.reads(page.getByRole('status'))).toBe('That is noted.');
      await presses(walker, 'I agree: remind me');
      await page.getByLabel('Language').selectOption({ label: 'English' });
      await presses(walker, 'Save');
      await page.getByLabel('Your time zone').selectOption({ label: 'Rome' });
      await presses(walker, 'Save the time zone');
      expect(await page.getByLabel('Your time zone').inputValue()).toBe('Europe/Rome');
      for (const each of await page.locator('details > summary').all()) await each.click();
      await walker.sees('changed-and-unfolded');
      expect(await walker.reads(page.getByRole('main'))).toContain('Added: 1 × Speckled stoneware mug.');
      const taken = await page.context().request.get('/me/export.json');
      expect(Object.keys(((await taken.json()) as { held: object }).held)).toContain('cart_lines');
      await opens(walker, 'Use another address');
      await walker.sees('another-address');
      await page.goto('/me');
      await opens(walker, 'Unlink my X account …');
      await walker.sees('unlink');
      await opens(walker, 'No, go back');
      await opens(walker, 'Erase everything …');
      await walker.sees('erase');
      await page.getByLabel('Yes, erase everything').check();
      await presses(walker, 'Erase');
      expect(await heading(walker)).toBe('Erased');
      await walker.sees('erased');
      await page.goto('/me');
      expect(await heading(walker)).toBe('Link your X account');
    }),
  );
});
