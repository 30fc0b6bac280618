import { expect, test } from '@jest/globals';
import { looks, phone } from './harness/looks.ts';
import { opensMail } from './harness/mailbox.ts';
import { sam, somebodyNew } from './harness/shoppers.ts';
import { linksFirst, repliesTo } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { becomes, goesHome, opensTheAddress } from './harness/timeline.ts';
import { walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

const pages = [
  ['timeline', '/', 'Timeline'],
  ['mailbox', '/sandbox/mail', 'Mail'],
  ['link', '/link', 'Link your X account'],
  ['privacy', '/privacy', 'Privacy'],
  ['terms', '/terms', 'Terms'],
  ['merchant', '/m/kiln', 'Kiln & Clay'],
  ['merchant-sign-in', '/m/kiln/sign-in', 'Replies by @kilnandclay'],
  ['merchant-abroad', '/m/nami', 'Kissaten Nami'],
  ['lost', '/cart', 'Find your cart'],
  ['links-asked', '/cart?done', 'Find your cart'],
  ['not-found', '/no/such/page', 'There is nothing here'],
  ['unknown-merchant', '/m/nobody', 'There is nothing here'],
  ['old-link', '/c/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'This link opens no cart'],
  ['old-order-link', '/o/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'This link opens no order'],
  ['no-checkout', '/sandbox/stripe/pay/cs_test_none', 'There is no such checkout'],
  ['bad-request-at-x', '/sandbox/x/i/oauth2/authorize', 'Something went wrong'],
  ['support', '/support', 'Support'],
] as const;

inBrowser('pages that anybody may open', () => {
  test.each(looks)('are in order, $name', (look) =>
    walking('pages', look, async (walker) => {
      for (const [name, path, heading] of pages) {
        await walker.page.goto(path);
        expect(await walker.reads(walker.page.getByRole('heading', { level: 1 }).first())).toBe(heading);
        await walker.sees(name);
      }
    }),
  );
});

/** What leads to /link, /me or a cart, wherever it is not a post's text or a mail. */
const SHORTCUTS = `[...document.querySelectorAll('a[href], form[action], area[href]')]
  .filter((element) => !element.closest('.post .text, pre.text'))
  .map((element) => new URL(element.getAttribute('href') ?? element.getAttribute('action'), location.href))
  .filter(({ origin, pathname }) => origin === location.origin && /^\\/(link|me|c)(\\/|$)/.test(pathname))
  .map(({ pathname }) => pathname)`;

inBrowser('who plays shopper', () => {
  test('reaches the link page and carts through posts, profiles and mails only', () =>
    walking('guard', phone, async (walker) => {
      const { page } = walker;
      const holdsNone = async (): Promise<void> => {
        expect({ page: page.url(), shortcuts: await page.evaluate(SHORTCUTS) }).toMatchObject({
          shortcuts: [],
        });
      };
      await opensTheAddress(walker);
      await holdsNone();
      await becomes(walker, sam);
      await holdsNone();
      const who = somebodyNew('guard_1');
      await linksFirst(walker, who, posts.mug);
      await goesHome(walker);
      await repliesTo(walker, [{ to: posts.mug }]);
      await holdsNone();
      await opensMail(walker, who.mail, 'In your cart');
      await holdsNone();
      await page.goBack();
      await holdsNone();
    }));
});
