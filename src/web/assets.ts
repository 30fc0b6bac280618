import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Hono } from 'hono';
import { packageRoot } from '../root.ts';

const styles =
  readFileSync(createRequire(import.meta.url).resolve('@picocss/pico/css/pico.classless.min.css'), 'utf8') +
  readFileSync(path.join(packageRoot, 'src/views/style.css'), 'utf8');
const hash = createHash('sha256').update(styles).digest('base64url').slice(0, 12);

/** Named for its content, so that browsers may keep it for ever. */
export const stylesPath = `/assets/${hash}.css`;

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b6e5f"/><path d="M7 9h3l3 11h10l3-8H12" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/><circle cx="14.500" cy="24.500" r="1.800" fill="#fff"/><circle cx="21.500" cy="24.500" r="1.800" fill="#fff"/></svg>`;

const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };

export function assets(): Hono {
  return new Hono()
    .get(stylesPath, (c) => c.body(styles, 200, { ...forEver, 'content-type': 'text/css; charset=utf-8' }))
    .get('/assets/icon.svg', (c) =>
      c.body(icon, 200, { 'cache-control': 'public, max-age=86400', 'content-type': 'image/svg+xml' }),
    );
}
