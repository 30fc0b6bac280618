import type { Locator } from 'playwright-core';
import { eventually } from '../../harness/eventually.ts';
import type { Shopper } from './shoppers.ts';
import type { Walker } from './walker.ts';

/** Opens the address that `npm start` prints. */
export async function opensTheAddress({ page }: Walker): Promise<void> {
  await page.goto('/');
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
}

/** From any page: the name at the top leads to the sandbox. */
export async function goesHome(walker: Walker): Promise<void> {
  await walker.follows(walker.page.getByRole('link', { name: 'Replycart', exact: true }));
}

/** Plays one of the shoppers that the page offers, or somebody whom nobody knows yet. */
export async function becomes(walker: Walker, { handle, known }: Shopper): Promise<void> {
  const { page } = walker;
  await page.getByRole('radio', { name: known ? `@${handle}` : 'Somebody new' }).check();
  if (!known) await page.getByLabel('Handle of somebody new').fill(handle);
  await walker.follows(page.getByRole('button', { name: /^(Be this person|Change)$/ }));
}

export function post({ page }: Walker, words: string): Locator {
  return page.locator('article.post').filter({ hasText: words });
}

/** What a post tells its readers to reply. */
export async function hashtagOf(article: Locator): Promise<string> {
  const text = await article.locator('.text').first().innerText();
  const [, tag] = /Reply (#[\p{L}\p{N}_]+)/u.exec(text) ?? [];
  if (!tag) throw new Error(`this post tells nobody what to do: ${text}`);
  return tag;
}

/** Writes below a post. @returns where the page says what became of it, once it knows */
export async function writes(walker: Walker, article: Locator, text: string): Promise<Locator> {
  await article.getByRole('textbox').fill(text);
  await walker.follows(article.getByRole('button', { name: 'Reply' }));
  const decided = walker.page.locator('.outcome').filter({ has: walker.page.locator('.tag') });
  return article.locator('.replies > li').last().locator(decided);
}

/** Replies to a post, and looks again until the page says what became of it. @returns that, in its words */
export async function replies(walker: Walker, article: Locator, text: string): Promise<string> {
  const outcome = await writes(walker, article, text);
  await eventually(async () => {
    if (await outcome.isVisible()) return;
    await walker.page.reload();
    throw new Error(`nothing became of: ${text}`);
  });
  return walker.reads(outcome);
}

/** Links the account on the way that the post shows. */
export async function followsThePostsLink(walker: Walker, article: Locator): Promise<void> {
  await walker.follows(article.locator('.text').first().getByRole('link'));
  await walker.page.getByRole('heading', { name: 'Link your X account' }).waitFor();
}
