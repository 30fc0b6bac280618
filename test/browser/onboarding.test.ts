import { expect, test } from '@jest/globals';
import { payeePage } from '../../src/actions/payee-page.ts';
import { readConfig } from '../../src/config.ts';
import { makeKeys } from '../../src/crypto.ts';
import { dark, desktop } from './harness/looks.ts';
import { inBrowser } from './harness/suite.ts';
import { walking } from './harness/walker.ts';

/** The page of the demo merchant's account, as "merchants connect" prints it: the sandbox has no secrets. */
function accountPage(): string {
  const config = { ...readConfig({}), PUBLIC_URL: process.env.BROWSER_URL as string };
  return payeePage({ keys: makeKeys(config.SECRET_KEY), config }, 'kiln', new Date());
}

inBrowser('a merchant with an account of their own', () => {
  test.each([dark, desktop])('answers Stripe’s questions, and comes back, $name', (look) =>
    walking('onboarding', look, async (walker) => {
      const { page } = walker;
      await page.goto(accountPage());
      expect(await walker.reads(page.getByRole('status'))).toBe(
        'The account is ready. What you sell is paid to it.',
      );
      await walker.sees('account');
      await walker.follows(page.getByRole('button', { name: 'Change something at Stripe' }));
      await page.getByRole('heading', { name: 'Stripe wants to know who you are' }).waitFor();
      await walker.sees('questions-at-stripe');
      await walker.follows(page.getByRole('button', { name: 'Answer everything', exact: true }));
      await page.getByRole('heading', { name: 'The account that Kiln & Clay is paid to' }).waitFor();
    }),
  );
});
