import type { FrameLocator } from 'playwright-core';
import { eventually } from '../../harness/eventually.ts';
import { goesHome } from './timeline.ts';
import type { Walker } from './walker.ts';

const DELIVERY_MS = 90_000;

/** A mail that is open in the sandbox's mailbox. */
export interface OpenMail {
  /** As a mail program shows it. */
  body: FrameLocator;
  /** Its words, white space made plain. */
  html: string;
  text: string;
  replyTo: string | null;
}

/** Goes to the mailbox and opens the newest mail to an address whose subject has these words, as soon as it is there. */
export async function opensMail(walker: Walker, to: string, subject: string | RegExp): Promise<OpenMail> {
  const { page } = walker;
  await goesHome(walker);
  await walker.follows(page.getByRole('navigation').getByRole('link', { name: 'Mail', exact: true }));
  const mails = page
    .locator('.inbox a')
    .filter({ hasText: ` to ${to},` })
    .filter({ hasText: subject });
  await eventually(async () => {
    if ((await mails.count()) > 0) return;
    await page.reload();
    throw new Error(`no mail to ${to} about ${subject}; there is: ${await page.locator('main').innerText()}`);
  }, DELIVERY_MS);
  await page.getByLabel('Mailbox of').selectOption(to);
  await walker.follows(page.getByRole('button', { name: 'Show' }));
  await walker.follows(mails.first());
  return readsMail(walker);
}

async function readsMail(walker: Walker): Promise<OpenMail> {
  const { page } = walker;
  const body = page.frameLocator('iframe.mail');
  const replyTo = page.locator('dt', { hasText: 'Reply to' }).locator('+ dd');
  return {
    body,
    html: await walker.reads(body.locator('body')),
    text: await walker.reads(page.locator('pre.text')),
    replyTo: (await replyTo.count()) > 0 ? await walker.reads(replyTo) : null,
  };
}

/** Looks at the mail that is open: in the mailbox, and then by itself, as it was sent. */
export async function seesMail(walker: Walker, name: string): Promise<void> {
  const { page } = walker;
  await walker.sees(name);
  const html = await page.locator('iframe.mail').getAttribute('src');
  const back = page.url();
  await page.goto(html ?? '');
  await walker.sees(`${name}-html`);
  await page.goto(back);
}
