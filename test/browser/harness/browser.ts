import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { atEnd } from '../../harness/at-end.ts';
import { CHROMIUM } from '../places.ts';
import type { Look } from './looks.ts';

/** Chromium speaks to the machine's own product only: everything that would reach further is off. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** A condition that does not come true within this time will not. */
const PATIENCE_MS = 30_000;

let launched: Promise<Browser> | undefined;

function theBrowser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: CHROMIUM,
    args: process.getuid?.() === 0 ? ['--no-sandbox', ...QUIET] : QUIET, // Chromium's sandbox refuses root
  });
  return launched;
}

atEnd(async () => (await launched)?.close());

/** A browser of one person: cookies of its own, and the settings of their device. */
export async function aBrowser({ js, width, scheme, language = 'en-US' }: Look): Promise<BrowserContext> {
  const context = await (await theBrowser()).newContext({
    baseURL: process.env.BROWSER_URL as string,
    javaScriptEnabled: js,
    viewport: { width, height: width === 390 ? 844 : 900 },
    colorScheme: scheme,
    locale: language,
    // Transitions end at once, so that what is looked at is what people see in the end.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}
