import type { MiddlewareHandler } from 'hono';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Lets only programs of this machine control the stand-in: not what a proxy passes on, and not pages in a browser,
 * which can reach loopback addresses too.
 */
export const onlyLocalPrograms: MiddlewareHandler = async (c, next) => {
  const { hostname } = new URL(c.req.url);
  const isForeign = ['origin', 'forwarded', 'x-forwarded-for', 'sec-fetch-site'].some((name) =>
    c.req.header(name),
  );
  if (!LOOPBACK.has(hostname) || isForeign)
    return c.json({ error: { message: 'The stand-in is controlled from its own machine only.' } }, 403);
  await next();
};
