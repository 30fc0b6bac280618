import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../..');
/** Debian's. A browser that playwright brings along would be another download. */
export const CHROMIUM = '/usr/bin/chromium';
/** Screenshots, for people to look at. Git ignores them. */
export const ARTEFACTS = path.join(ROOT, 'test/artefacts/browser');
