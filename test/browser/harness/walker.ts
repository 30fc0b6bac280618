import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import type { BrowserContext, ConsoleMessage, Locator, Page } from 'playwright-core';
import { atEnd } from '../../harness/at-end.ts';
import { ARTEFACTS } from '../places.ts';
import { type Auditor, anAuditor, type Violation } from './axe.ts';
import { aBrowser } from './browser.ts';
import type { Look } from './looks.ts';

const NARROWEST = 320;
const FAILURES = ['moderate', 'serious', 'critical'];

/** Somebody who walks through the pages, and all that was wrong with the pages that they saw. */
export class Walker {
  readonly look: Look;
  readonly page: Page;
  /** What the test fails for at its end: the walk itself goes on, to see the other pages, too. */
  readonly problems: string[] = [];
  /** How often they have pressed something that leads on. */
  taps = 0;
  readonly #audit: Auditor;
  readonly #folder: string;
  /** Addresses of pages that were answered with an error on purpose: Chromium reports those, too. */
  readonly #refusals = new Set<string>();
  #shots = 0;

  constructor(walk: string, look: Look, page: Page, audit: Auditor) {
    this.look = look;
    this.page = page;
    this.#audit = audit;
    this.#folder = path.join(ARTEFACTS, look.name, walk);
    mkdirSync(this.#folder, { recursive: true });
    page.on('console', (message) => this.#heard(message));
    page.on('response', (response) => {
      const isPage = response.request().isNavigationRequest();
      if (isPage && response.status() >= 400 && response.status() < 500) this.#refusals.add(response.url());
    });
    page.on('pageerror', (error) => this.#blame(`script error: ${error.message}`));
  }

  /** Looks at the open page from top to bottom: a screenshot, axe, and whether anything sticks out sideways. */
  async sees(name: string): Promise<void> {
    await this.page.waitForLoadState();
    const file = `${String(++this.#shots).padStart(2, '0')}-${name}.png`;
    await screenshot(this.page, path.join(this.#folder, file));
    const scripts = await this.page.locator('script').count();
    if (scripts > 0) this.#blame(`${name}: ${scripts} script(s) on a page that has to work without`);
    for (const violation of await this.#audit(this.page)) this.#report(name, violation);
    if (this.look.width === 390) await this.#mustFit(name);
  }

  /** A text of the page, with white space made plain. */
  async reads(locator: Locator): Promise<string> {
    return (await locator.innerText()).replace(/\s+/g, ' ').trim();
  }

  /** Presses what leads to another page, and waits for that. */
  async follows(locator: Locator): Promise<void> {
    this.taps++;
    await locator.click();
    await this.page.waitForLoadState();
  }

  async #mustFit(name: string): Promise<void> {
    const size = this.page.viewportSize();
    for (const width of [this.look.width, NARROWEST]) {
      await this.page.setViewportSize({ width, height: 844 });
      const over = await this.page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (Number(over) > 0) this.#blame(`${name}: ${over} px too wide for ${width} px`);
    }
    if (size) await this.page.setViewportSize(size);
  }

  #report(name: string, { rule, impact, where }: Violation): void {
    const finding = `axe ${rule} (${impact})`;
    if (FAILURES.includes(impact)) this.#blame(`${name}: ${finding} at ${where}`);
    else notes.set(finding, (notes.get(finding) ?? new Set()).add(name));
  }

  #heard(message: ConsoleMessage): void {
    const { url } = message.location();
    if (message.text().startsWith('Failed to load resource') && this.#refusals.has(url)) return;
    if (['error', 'warning'].includes(message.type())) this.#blame(`console: ${message.text()} at ${url}`);
  }

  #blame(problem: string): void {
    if (!this.problems.includes(problem)) this.problems.push(problem);
  }
}

/** A picture of the whole page. On a busy machine Chromium now and then says that it could not: it is asked again. */
async function screenshot(page: Page, file: string, attempts = 5): Promise<void> {
  try {
    await page.screenshot({ path: file, fullPage: true });
  } catch (error) {
    if (attempts === 1 || !String(error).includes('Unable to capture screenshot')) throw error;
    await screenshot(page, file, attempts - 1);
  }
}

/** Walks in a browser of its own; afterwards nothing may have been wrong on any page. */
export async function walking(
  walk: string,
  look: Look,
  steps: (walker: Walker, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await aBrowser(look);
  const auditor = await anAuditor(look);
  try {
    const walker = new Walker(walk, look, await context.newPage(), auditor.audit);
    await steps(walker, context);
    expect(walker.problems).toEqual([]);
  } finally {
    await auditor.context?.close();
    await context.close();
  }
}

/** Findings that are worth a word and no failure: the pages that have them, by what they are. */
const notes = new Map<string, Set<string>>();

atEnd(async () => {
  for (const [finding, pages] of notes)
    process.stderr.write(`note: ${finding} on ${[...pages].sort().join(', ')}\n`);
});
