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
  const lines = await page.locator('.lines > li').all();
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

export async function goesToPay(walker: Walker): Promise<void> {
  await walker.follows(walker.page.getByRole('button', { name: /^Pay/ }));
  await walker.page.getByRole('heading', { name: /^Pay / }).waitFor();
}

/** Types a number beside a product and sends it. */
export async function changesQuantity(walker: Walker, title: string, quantity: number): Promise<void> {
  const line = walker.page.locator('.lines > li').filter({ hasText: title });
  await line.getByRole('spinbutton').fill(String(quantity));
  await walker.follows(line.getByRole('button', { name: 'Change' }));
}

export async function removes(walker: Walker, title: string): Promise<void> {
  await walker.follows(walker.page.getByRole('button', { name: `Remove ${title}` }));
}
