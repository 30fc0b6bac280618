import type { Locator } from 'playwright-core';
import type { Walker } from './walker.ts';

export interface SeenCart {
  title: string;
  lines: string[];
  total: string;
}

/** What an open cart shows. */
export async function readsTheCart(walker: Walker): Promise<SeenCart> {
  const { page } = walker;
  await page.getByRole('heading', { name: /^Your cart at/ }).waitFor();
  const lines = await linesOf(walker).all();
  return {
    title: await walker.reads(page.getByRole('heading', { level: 1 })),
    lines: await Promise.all(
      lines.map(async (line) => {
        const quantity = await line.getByRole('spinbutton').inputValue();
        const [title, amount] = [line.locator('strong'), line.locator('.amount')];
        return `${quantity} × ${await walker.reads(title)} ${await walker.reads(amount)}`;
      }),
    ),
    total: lines.length > 0 ? await walker.reads(page.locator('dd.total')) : '',
  };
}

/** What is in the cart; below it may stand what was taken out, or what is waited for. */
const linesOf = ({ page }: Walker): Locator =>
  page.locator('.lines > li').filter({ has: page.getByRole('spinbutton') });

export async function goesToPay(walker: Walker): Promise<void> {
  await walker.follows(walker.page.getByRole('button', { name: /^Pay/ }));
  await walker.page.getByRole('heading', { name: /^Pay / }).waitFor();
}

/** Chooses where the cart is to be sent, where that decides about the shipping. */
export async function choosesCountry(walker: Walker, country: string): Promise<void> {
  const { page } = walker;
  await page.getByLabel('Send it to').selectOption({ label: country });
  await walker.follows(page.getByRole('button', { name: 'Change country' }));
}

/** Types a number beside a product and sends it. */
export async function changesQuantity(walker: Walker, title: string, quantity: number): Promise<void> {
  const line = linesOf(walker).filter({ hasText: title });
  await line.getByRole('spinbutton').fill(String(quantity));
  await walker.follows(line.getByRole('button', { name: 'Change', exact: true }));
}

/** Chooses another option for a product. */
export async function choosesOption(walker: Walker, title: string, option: string): Promise<void> {
  const line = linesOf(walker).filter({ hasText: title });
  await line.getByRole('combobox').selectOption({ label: option });
  await walker.follows(line.getByRole('button', { name: 'Change option' }));
}

export async function removes(walker: Walker, title: string): Promise<void> {
  await walker.follows(walker.page.getByRole('button', { name: `Remove ${title}` }));
}
