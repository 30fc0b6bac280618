import type { MiddlewareHandler, Context as Request } from 'hono';

const pictured = new WeakMap<globalThis.Request, string[]>();

/** Lets the page that answers a request show pictures from the hosts of these addresses. */
export function allowImages(c: Request, addresses: string[]): void {
  pictured.set(c.req.raw, [...new Set(addresses.map((address) => new URL(address).origin))]);
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
