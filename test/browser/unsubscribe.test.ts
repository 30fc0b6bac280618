import { expect, test } from '@jest/globals';
import { looks } from './harness/looks.ts';
import { opensMail } from './harness/mailbox.ts';
import { presses } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { repliesAndLinks } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

inBrowser('mail', () => {
  test.each(looks.filter(({ js }) => !js))(
    'is agreed to, ended and brought back, by buttons, $name',
    (look) =>
      walking('unsubscribing', look, async (walker) => {
        const { page } = walker;
        const who = somebodyNew(`quiet_${look.width}${look.scheme.slice(0, 1)}`);
        const says = (text: string) => page.getByText(text).waitFor();
        await repliesAndLinks(walker, who, [{ to: posts.mug }]);
        const cart = page.url();
        await walker.sees('reminders-offered');
        await presses(walker, 'Agree, and remind me');
        await says('We remind you of what waits in your carts.');
        await walker.sees('reminders-on');

        const mail = await opensMail(walker, who.mail, 'In your cart');
        expect(mail.text).toContain('Unsubscribe');
        await walker.follows(mail.body.getByRole('link', { name: 'Unsubscribe' }));
        await page.getByRole('heading', { name: 'Mail about your carts' }).waitFor();
        await walker.sees('unsubscribe');
        await walker.follows(page.getByRole('link', { name: 'No more reminders' }));
        await walker.sees('no-more-reminders');
        await presses(walker, 'No more reminders');
        await says('You get no reminders.');
        await walker.sees('no-reminders');
        await walker.follows(page.getByRole('link', { name: 'Mail about your carts' }));
        await presses(walker, 'Unsubscribe');
        await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
        await walker.sees('unsubscribed');
        await page.goto(cart);
        await walker.sees('cart-without-mail');
        await walker.follows(page.getByRole('link', { name: 'Change that' }));
        await presses(walker, 'Send me mail about my carts again');
        await says('Do you want no more of it?');
      }),
  );
});
