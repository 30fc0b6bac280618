import type { Walker } from './walker.ts';

/** Agrees to what is kept, and lets X say who it is. */
export async function agreesAndAuthorizes(walker: Walker): Promise<void> {
  const { page } = walker;
  await walker.sees('link');
  await walker.follows(page.getByRole('button', { name: 'Agree and sign in with X' }));
  await page.getByRole('heading', { name: /wants to access your X account/ }).waitFor();
  await walker.sees('consent-at-x');
  await walker.follows(page.getByRole('button', { name: 'Authorize app' }));
}
