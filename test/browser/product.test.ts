import { expect, test } from '@jest/globals';
import { languages, type Texts } from '../../src/views/texts.ts';
import { readsTheCart } from './harness/cart.ts';
import { agreesAndAuthorizes } from './harness/linking.ts';
import { dark, desktop, phone } from './harness/looks.ts';
import { presses } from './harness/paying.ts';
import { somebodyNew } from './harness/shoppers.ts';
import { inBrowser } from './harness/suite.ts';
import { becomes, opensTheAddress } from './harness/timeline.ts';
import { type Walker, walking } from './harness/walker.ts';

/** How wide the product's picture is that has come. */
const pictureWidth = ({ page }: Walker): Promise<unknown> =>
  page.evaluate("document.querySelector('.pictured img').naturalWidth");

const everyLanguage = [phone, dark, desktop].flatMap((look) =>
  Object.entries(languages as Record<string, Texts>).map(([language, texts]) => ({
    ...look,
    language,
    texts,
  })),
);

inBrowser('the page of a product', () => {
  test.each(everyLanguage)('can be read, $name in $language', ({ texts, ...look }) =>
    walking(`product-${look.language}`, look, async (walker) => {
      const { page } = walker;
      await page.goto('/p/nightowl/SHIRT');
      await page.getByRole('button', { name: texts.product.buy, exact: true }).waitFor();
      await walker.sees('options');
      await page.goto('/p/nightowl/LP');
      expect(await pictureWidth(walker)).toBe(640);
      await walker.sees('promise-and-picture');
    }),
  );

  test.each([phone, desktop])('leads a newcomer to the cart by one press, $name', (look) =>
    walking('wishing', look, async (walker) => {
      const { page } = walker;
      const who = somebodyNew(`wishes_${look.width}`);
      await opensTheAddress(walker);
      await becomes(walker, who);
      await page.goto('/p/kiln/MUG');
      await page.getByLabel('Quantity').fill('2');
      await presses(walker, 'Add to cart');
      await agreesAndAuthorizes(walker);
      expect((await readsTheCart(walker)).lines).toEqual(['2 × Speckled stoneware mug $48.00']);
      await walker.sees('in-the-cart');
    }),
  );
});
