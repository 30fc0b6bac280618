import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { aBrowser } from './browser.ts';
import type { Look } from './looks.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Frames hold mails, which are looked at by themselves. */
const RUN = 'axe.run(document, { iframes: false, resultTypes: ["violations"] })';

export interface Violation {
  rule: string;
  impact: string;
  where: string;
}

/** Runs axe on what a page shows. */
export type Auditor = (page: Page) => Promise<Violation[]>;

/** Where scripts are off axe does not run either: it is shown the same document where they are on. */
export async function anAuditor(look: Look): Promise<{ audit: Auditor; context?: BrowserContext }> {
  if (look.js) return { audit };
  const context = await aBrowser({ ...look, js: true });
  const mirror = await context.newPage();
  return {
    context,
    async audit(page) {
      const [url, body] = [page.url(), await page.content()];
      await mirror.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
      await mirror.setViewportSize(page.viewportSize() ?? { width: look.width, height: 800 });
      await mirror.goto(url);
      await mirror.unroute(url);
      return audit(mirror);
    },
  };
}

/** The timeline loads itself again while somebody's reply is being decided: then it is looked at once more. */
async function run(page: Page, attempt = 1): Promise<AxeResults> {
  try {
    await page.evaluate(source);
    return (await page.evaluate(RUN)) as AxeResults;
  } catch (error) {
    if (attempt === 5 || !String(error).includes('Execution context was destroyed')) throw error;
    await page.waitForLoadState();
    return run(page, attempt + 1);
  }
}

async function audit(page: Page): Promise<Violation[]> {
  const { violations } = await run(page);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => ({
      rule: id,
      impact: impact ?? 'unknown',
      where: `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`.trim(),
    })),
  );
}
