import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { ConfigError } from '../errors.ts';
import { noticePage } from '../views/page.tsx';
import { assets } from './assets.ts';
import { buyNowRoutes } from './buy-now.ts';
import { cartRoutes } from './cart.ts';
import { downloadRoutes } from './downloads.ts';
import { frameOf, noteWishes } from './frame.ts';
import { healthRoutes } from './health.ts';
import { imagePolicy } from './image-policy.ts';
import { legalRoutes } from './legal.ts';
import { linkRoutes } from './link.ts';
import { lostRoutes } from './lost.ts';
import { meRoutes } from './me.ts';
import { keptRoutes } from './me-cards.ts';
import { choiceRoutes } from './me-choices.ts';
import { leavingRoutes } from './me-leaving.ts';
import { merchantRoutes } from './merchant.ts';
import { oldLink } from './open-cart.ts';
import { orderRoutes } from './order.ts';
import { payeeRoutes } from './payee.ts';
import { pictureRoutes } from './pictures.ts';
import { productRoutes } from './product.ts';
import { sandboxRoutes, standInPages } from './sandbox.ts';
import { signedIn } from './session.ts';
import type { StandIns } from './stand-ins.ts';
import { stripeWebhook } from './stripe-webhook.ts';
import { supportRoutes } from './support.ts';
import { oneClickRoute, unsubscribeRoutes } from './unsubscribe.ts';

const FORM_BYTES = 64 * 1024;
const CLOSE_MS = 5_000;

/** The whole web application. @param standIns the sandbox's, where it is the sandbox */
export function webApp(context: Context, standIns?: StandIns): Hono {
  const { config, log } = context;
  const app = new Hono();
  app.route('/', healthRoutes(context));
  app.route('/', assets());
  // Before everything that reads forms: it needs the bytes as they came, and no browser sends them.
  app.route('/', stripeWebhook(context));
  if (standIns) app.route('/', standInPages(standIns));
  app.use('/c/*', imagePolicy);
  app.use('/p/*', imagePolicy);
  // Who comes back from X with a wish may be told there why it cannot be done.
  app.use('/link/callback', imagePolicy);
  app.use(headers(config));
  // No address of ours has a NUL in it, and PostgreSQL takes none in a text.
  app.use((c, next) => {
    if (!c.req.url.includes('%00')) return next();
    return Promise.resolve(c.req.path.startsWith('/c/') ? oldLink(context, c) : c.notFound());
  });
  app.use(bodyLimit({ maxSize: FORM_BYTES }));
  // Before the check of where forms come from: mail programs send this one, and they come from nowhere.
  app.route('/', oneClickRoute(context));
  app.use(csrf({ origin: new URL(config.PUBLIC_URL).origin }));
  app.use(async (c, next) => {
    await next();
    // Carts and accounts are for one person: no shared cache may keep them.
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  });
  app.route('/', pictureRoutes(context));
  app.use(async (c, next) => {
    const shopper = await signedIn(context, c);
    noteWishes(c, { chosen: shopper?.language, timezone: shopper?.timezone });
    await next();
  });
  app.route('/', legalRoutes(context));
  app.route('/', merchantRoutes(context));
  app.route('/', payeeRoutes(context));
  app.route('/', productRoutes(context));
  app.route('/', linkRoutes(context));
  app.route('/', cartRoutes(context));
  app.route('/', downloadRoutes(context));
  app.route('/', orderRoutes(context));
  app.route('/', lostRoutes(context));
  app.route('/', meRoutes(context));
  app.route('/', choiceRoutes(context));
  app.route('/', keptRoutes(context));
  app.route('/', buyNowRoutes(context));
  app.route('/', leavingRoutes(context));
  app.route('/', unsubscribeRoutes(context));
  app.route('/', supportRoutes(context));
  if (standIns) app.route('/', sandboxRoutes(context, standIns));
  app.notFound((c) => {
    const frame = frameOf(context, c);
    return c.html(
      noticePage(frame, frame.texts.page.notFound, { href: '/cart', text: frame.texts.home.cart }),
      404,
    );
  });
  app.onError((error, c) => {
    const frame = frameOf(context, c);
    if ('getResponse' in error) {
      const { status } = error as { status?: number };
      return c.html(noticePage(frame, frame.texts.page.forbidden), (status ?? 400) as 403);
    }
    // The path may hold a key to a cart: only what kind of page it was is logged.
    log.error({ err: error, page: `${c.req.method} ${c.req.path.split('/')[1] ?? ''}` }, 'a page failed');
    return c.html(noticePage(frame, frame.texts.page.error), 500);
  });
  return app;
}

/**
 * A form that leads to Stripe or X must be allowed to in the page that holds it, and those may be anywhere: Stripe
 * gives checkouts merchants' own domains.
 */
function headers({ PUBLIC_URL }: Config) {
  const secure = PUBLIC_URL.startsWith('https:');
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      frameSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      formAction: ["'self'", 'https:', ...(secure ? [] : ['http:'])],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    crossOriginOpenerPolicy: 'same-origin',
    strictTransportSecurity: secure ? 'max-age=31536000; includeSubDomains' : false,
  });
}

/**
 * Serves until the signal aborts, then lets requests under way end.
 *
 * @param onReady called once the port is open
 * @throws ConfigError when the port cannot be had
 */
export async function serveWeb(
  context: Context,
  app: Hono,
  signal: AbortSignal,
  onReady: () => void,
): Promise<void> {
  const { PORT } = context.config;
  const server = serve({ fetch: app.fetch, port: PORT });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, PORT)));
  });
  onReady();
  await new Promise<void>((resolve) => {
    const close = (): void => {
      server.close(() => resolve());
      // Browsers keep connections open for later; slow requests get a little while.
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), CLOSE_MS).unref();
    };
    if (signal.aborted) close();
    else signal.addEventListener('abort', close, { once: true });
  });
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new ConfigError(`port ${port} is in use: stop what uses it, or set PORT to another one`);
  if (error.code === 'EACCES')
    return new ConfigError(`port ${port} may not be opened by this user: set PORT to one above 1023`);
  return error;
}
