import { describe } from '@jest/globals';

/** Tests that need the product and a browser: left out where the set-up found no browser. */
export const inBrowser = process.env.BROWSER_URL ? describe : describe.skip;
