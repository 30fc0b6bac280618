import { expect, test } from '@jest/globals';
import { goesToPay, readsTheCart } from './harness/cart.ts';
import { agreesAndAuthorizes } from './harness/linking.ts';
import { desktop, looks, phone } from './harness/looks.ts';
import { opensMail, seesMail } from './harness/mailbox.ts';
import { fillsInAddress, isThanked, presses } from './harness/paying.ts';
import { ada, somebodyNew } from './harness/shoppers.ts';
import { inBrowser } from './harness/suite.ts';
import {
  becomes,
  followsThePostsLink,
  goesHome,
  hashtagOf,
  opensTheAddress,
  post,
  replies,
  writes,
} from './harness/timeline.ts';
import { walking } from './harness/walker.ts';
import { posts, record } from './harness/wishes.ts';

inBrowser('what newcomers run into', () => {
  test.each(looks.filter(({ width, scheme }) => width === 390 && scheme === 'light'))(
    'the page says by itself what became of a reply, $name',
    (look) =>
      walking('by-itself', look, async (walker) => {
        await opensTheAddress(walker);
        await becomes(walker, somebodyNew(`wait_${look.js ? 'js' : 'nojs'}`));
        const article = post(walker, posts.record);
        const outcome = await writes(walker, article, await hashtagOf(article));
        await outcome.waitFor(); // nobody tells them to load the page again
      }),
  );

  test('Ada, whose e-mail address X does not know, types one and proves it', () =>
    walking('ada', phone, async (walker) => {
      const { page } = walker;
      await opensTheAddress(walker);
      await becomes(walker, ada);
      const article = post(walker, posts.record);
      await replies(walker, article, await hashtagOf(article));
      await followsThePostsLink(walker, article);
      await agreesAndAuthorizes(walker);

      await page.getByRole('heading', { name: 'Where should your mail go?' }).waitFor();
      await walker.sees('email');
      await page.getByLabel('E-mail address').fill(ada.mail);
      await presses(walker, 'Mail me a code');
      await page.getByRole('heading', { name: 'Type the code' }).waitFor();
      await walker.sees('code');
      const codePage = page.url();

      // She mistypes it, looks into her mailbox in another tab, and types what stands there.
      await page.getByLabel('Code of six digits').fill('000000');
      await presses(walker, 'Confirm');
      await page.getByRole('alert').waitFor();
      await walker.sees('wrong-code');
      const mail = await opensMail(walker, ada.mail, 'is your Replycart code');
      await seesMail(walker, 'code-mail');
      const [code] = /\b\d{6}\b/.exec(mail.html) ?? [];
      await page.goto(codePage);
      await page.getByLabel('Code of six digits').fill(code ?? '');
      await presses(walker, 'Confirm');

      expect(await readsTheCart(walker)).toMatchObject({ lines: ['1 × Moth Lamps (12-inch vinyl) £28.00'] });
      await goesToPay(walker);
      await presses(walker, /^Pay/);
      const number = await isThanked(walker);
      await opensMail(walker, ada.mail, `Receipt for order ${number}`);
    }));

  test('a stranger is at Stripe three taps after the linking address, and with the next mail two, and types nothing', () =>
    walking('taps', phone, async (walker) => {
      const { page } = walker;
      const who = somebodyNew('taps_1');
      await opensTheAddress(walker);
      await becomes(walker, who);
      const article = post(walker, posts.record);
      await replies(walker, article, await hashtagOf(article));
      await followsThePostsLink(walker, article);

      walker.taps = 0;
      await presses(walker, 'Agree and sign in with X');
      await presses(walker, 'Authorize app');
      await goesToPay(walker);
      expect(walker.taps).toBeLessThanOrEqual(3);
      expect(page.url()).toContain('/stripe/');
      await fillsInAddress(walker, record.address);
      await presses(walker, /^Pay/);
      await isThanked(walker);

      await goesHome(walker);
      const shirt = post(walker, posts.shirt);
      await replies(walker, shirt, `moss M ${await hashtagOf(shirt)}`);
      const mail = await opensMail(walker, who.mail, 'In your cart: Tour T-shirt');
      walker.taps = 0;
      await walker.follows(mail.body.getByRole('link', { name: 'See the cart and pay' }));
      await goesToPay(walker);
      expect(walker.taps).toBeLessThanOrEqual(2);
      expect(page.url()).toContain('/stripe/');
    }));

  test('who refuses at X is not linked, and may try again', () =>
    walking('refusing', desktop, async (walker) => {
      const { page } = walker;
      await opensTheAddress(walker);
      await becomes(walker, somebodyNew('doubter_1'));
      await followsThePostsLink(walker, post(walker, posts.mug));
      await presses(walker, 'Agree and sign in with X');
      await presses(walker, 'Cancel');
      await page.getByRole('heading', { name: 'Not linked' }).waitFor();
      await walker.sees('not-linked');
      await walker.follows(page.getByRole('link', { name: 'Try again' }));
      await page.getByRole('heading', { name: 'Link your X account' }).waitFor();
    }));

  test('a handle that cannot be had, and a reply as nobody, are explained', () =>
    walking('mistakes', phone, async (walker) => {
      const { page } = walker;
      await opensTheAddress(walker);
      expect(await post(walker, posts.mug).getByRole('button', { name: 'Reply' }).isDisabled()).toBe(true);
      await becomes(walker, { ...somebodyNew('sam_shops') });
      expect(await walker.reads(page.getByRole('alert'))).toContain('That name cannot be had');
      await walker.sees('name-taken');
    }));

  test('a name and a handle as long as X allows them fit on a phone', () =>
    walking('long-handle', phone, async (walker) => {
      const { page } = walker;
      await opensTheAddress(walker);
      const { handle } = somebodyNew('long_1');
      await becomes(walker, somebodyNew(handle));
      const article = post(walker, posts.mug);
      await replies(walker, article, await hashtagOf(article));
      // Made long on the way only: other tests look at the same timeline.
      await page.route('**/sandbox', async (route) => {
        const body = (await (await route.fetch()).text()).replaceAll(handle, 'w'.repeat(15));
        await route.fulfill({ contentType: 'text/html; charset=utf-8', body });
      });
      await page.goto('/sandbox');
      await walker.sees('timeline');
    }));
});
