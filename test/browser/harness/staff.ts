import { presses } from './paying.ts';
import { goesHome } from './timeline.ts';
import type { Walker } from './walker.ts';

/** Reads on the sandbox page how staff sign in, and does so: the password right at the second attempt. */
export async function signsInAsStaff(walker: Walker): Promise<void> {
  const { page } = walker;
  await goesHome(walker);
  const guide = page.locator('.card').filter({ hasText: 'Staff sign in' });
  const [email, password] = await guide.locator('code').allInnerTexts();
  await walker.follows(guide.getByRole('link', { name: 'Support' }));
  await walker.sees('sign-in');
  for (const attempt of ['not the password', password ?? '']) {
    await page.getByLabel('E-mail address').fill(email ?? '');
    await page.getByLabel('Password').fill(attempt);
    await presses(walker, 'Sign in');
    if (attempt === password) continue;
    await page.getByRole('alert').waitFor();
    await walker.sees('sign-in-refused');
  }
  await page.getByRole('searchbox').waitFor();
}

export async function searches(walker: Walker, words: string): Promise<void> {
  const { page } = walker;
  await walker.follows(page.getByRole('navigation').getByRole('link', { name: 'Search' }));
  await page.getByRole('searchbox').fill(words);
  await presses(walker, 'Search');
}
