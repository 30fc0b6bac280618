import { expect, test } from '@jest/globals';
import { goesToPay, readsTheCart } from './harness/cart.ts';
import { desktop, phone } from './harness/looks.ts';
import { opensMail, seesMail } from './harness/mailbox.ts';
import { isThanked, presses } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { linksFirst, repliesAndLinks, repliesTo } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { goesHome } from './harness/timeline.ts';
import { walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

inBrowser('a reply that leaves a question open', () => {
  test('is answered by tapping one of the options that the mail leads to, and then paid', () =>
    walking('options', phone, async (walker) => {
      const { page } = walker;
      const who = somebodyNew('shirts_1');
      await linksFirst(walker, who, posts.shirt);
      await goesHome(walker);
      const [outcome] = await repliesTo(walker, [{ to: posts.shirt }]);
      expect(outcome).toContain('Which one do you want?');
      await walker.sees('asked');
      const mail = await opensMail(walker, who.mail, 'Which one? Tour T-shirt');
      await seesMail(walker, 'question');
      await walker.follows(mail.body.getByRole('link', { name: 'Choose' }));
      await page.getByRole('heading', { name: 'Please choose' }).waitFor();
      await walker.sees('choices');
      expect(await page.getByRole('button', { name: /MOSS, S/ }).isDisabled()).toBe(true); // none is left
      await presses(walker, /^MOSS, L/);
      expect(await readsTheCart(walker)).toMatchObject({
        lines: ['1 × Tour T-shirt (MOSS, L) £22.00'],
        total: '£26.50 GBP',
      });
      await walker.sees('chosen');
      await goesToPay(walker);
      await presses(walker, /^Pay/);
      const number = await isThanked(walker);
      const news = await opensMail(walker, 'post@nightowl.example', `New order ${number}: paid, please send`);
      expect(news.html).toContain('1 × SHIRT-MOSS-L');
    }));

  test('is answered by a tap in the mail and a press on the page that it leads to', () =>
    walking('answers', phone, async (walker) => {
      const { page } = walker;
      const who = somebodyNew('shirts_2');
      await linksFirst(walker, who, posts.shirt);
      await goesHome(walker);
      await repliesTo(walker, [{ to: posts.shirt, saying: 'moss' }]);
      const mail = await opensMail(walker, who.mail, 'Which one? Tour T-shirt');
      await seesMail(walker, 'answers');
      await walker.follows(mail.body.getByRole('link', { name: 'MOSS, M', exact: true }));
      await page.getByRole('heading', { name: 'Tour T-shirt (MOSS, M): put it into the cart?' }).waitFor();
      await walker.sees('choose');
      await presses(walker, 'Put it into the cart');
      expect((await readsTheCart(walker)).lines).toEqual(['1 × Tour T-shirt (MOSS, M) £22.00']);

      await goesHome(walker);
      await repliesTo(walker, [{ to: posts.shirt, saying: 'moss L' }]);
      const both = await opensMail(walker, who.mail, 'In your cart: Tour T-shirt');
      await seesMail(walker, 'both');
      await walker.follows(both.body.getByRole('link', { name: 'Only Tour T-shirt (MOSS, L)' }));
      await walker.sees('only');
      await presses(walker, 'Only Tour T-shirt (MOSS, L)');
      expect((await readsTheCart(walker)).lines).toEqual(['1 × Tour T-shirt (MOSS, L) £22.00']);
    }));

  // A newcomer replies before they link: what they are asked has to reach them, too.
  test.each([
    ['a product with options', posts.shirt, /^MOSS, L/],
    ['a post about two products', posts.breakfast, /Ramen bowl/],
  ])('is asked after linking, about %s', (_what, to, choice) =>
    walking(`asked-${to === posts.shirt ? 'options' : 'products'}`, desktop, async (walker) => {
      const { page } = walker;
      await repliesAndLinks(walker, somebodyNew(to === posts.shirt ? 'asked_1' : 'asked_2'), [{ to }]);
      await walker.sees('after-linking');
      expect(await walker.reads(page.getByRole('main'))).toContain('Please choose');
      await presses(walker, choice);
      expect((await readsTheCart(walker)).lines).toHaveLength(1);
    }),
  );
});
