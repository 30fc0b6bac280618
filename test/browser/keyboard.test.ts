import { test } from '@jest/globals';
import { enters, tabsTo } from './harness/keyboard.ts';
import { desktop, looks } from './harness/looks.ts';
import { isThanked } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { repliesTo } from './harness/shopping.ts';
import { inBrowser } from './harness/suite.ts';
import { becomes, opensTheAddress } from './harness/timeline.ts';
import { walking } from './harness/walker.ts';
import { posts } from './harness/wishes.ts';

inBrowser('without a mouse', () => {
  test.each(looks.filter(({ js, width }) => js && width === desktop.width))(
    'from the post to the order by Tab and Enter, the focus always to be seen, $name',
    (look) =>
      walking('keyboard', look, async (walker) => {
        const { page } = walker;
        await opensTheAddress(walker);
        await becomes(walker, somebodyNew(`keys_${look.scheme}`));
        await repliesTo(walker, [{ to: posts.album }]);

        await page.goto('/sandbox');
        await tabsTo(walker, 'Skip to the content');
        await tabsTo(walker, /\/link$/);
        await enters(walker);
        await tabsTo(walker, 'Agree and sign in with X');
        await walker.sees('focus-on-button');
        await enters(walker);
        await tabsTo(walker, 'Authorize app');
        await enters(walker);
        await tabsTo(walker, /^Pay/);
        await enters(walker);
        await tabsTo(walker, /^Test card/);
        await tabsTo(walker, /^Pay/);
        await enters(walker);
        await isThanked(walker);
      }),
  );
});
