import type { MiddlewareHandler, Context as Request } from 'hono';
import { pictureFile } from '../domain/picture.ts';

const pictured = new WeakMap<globalThis.Request, string[]>();

/** Lets the page that answers a request show these pictures of the catalog, from their hosts; ours may always be shown. */
export function allowImages(c: Request, images: string[]): void {
  const elsewhere = images.filter((image) => pictureFile(image) === undefined);
  pictured.set(c.req.raw, [...new Set(elsewhere.map((address) => new URL(address).origin))]);
}

/** Adds those hosts, and no others, to the policy that all pages have. It goes before what sets the policy. */
export const imagePolicy: MiddlewareHandler = async (c, next) => {
  await next();
  const origins = pictured.get(c.req.raw) ?? [];
  const policy = c.res.headers.get('content-security-policy');
  if (!policy || origins.length === 0) return;
  c.res.headers.set(
    'content-security-policy',
    policy.replace("img-src 'self'", ["img-src 'self'", ...origins].join(' ')),
  );
};
