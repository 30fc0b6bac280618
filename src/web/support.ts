import { Hono, type Context as Request } from 'hono';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { acceptInvitation, SHORTEST_PASSWORD, signInStaff } from '../actions/staff-access.ts';
import type { Context } from '../context.ts';
import { hashToken } from '../crypto.ts';
import { lastCheck, openDifferences } from '../db/comparison.ts';
import { neverTold } from '../db/never-told.ts';
import { closeStaffSession, invited, record, staffOfSession } from '../db/staff.ts';
import { readCase, readReplyCase } from '../db/support-case.ts';
import { type Hit, searchSupport } from '../db/support-search.ts';
import { type Found, replyPage, searchPage, signInPage, welcomePage } from '../views/support.tsx';
import { casePage } from '../views/support-case.tsx';
import { en } from '../views/texts/en.ts';
import { dropCookie, readCookie, writeCookie } from './cookies.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { supportChangeRoutes } from './support-order-changes.ts';
import type { Signed } from './support-order-route.ts';
import { supportOrderRoutes } from './support-orders.ts';
import { voucherRoutes } from './support-vouchers.ts';

const OPEN_TO_MERCHANTS = /^\/support\/(?:vouchers(?:\/use)?|sign-out)$/;

const credentials = z.object({ email: z.string().max(254), password: z.string().max(200) });
const id = z.string().regex(/^[1-9]\d{0,18}$/);
/** An X user id, or the number that stands for somebody who was erased. */
const shopperId = z.string().regex(/^-?[1-9]\d{0,18}$/);

/** The support pages: signing in, one search box, and all that is known of whom it finds. */
export function supportRoutes(context: Context): Hono {
  const { db, config } = context;
  const app = new Hono();
  app
    .get('/support/sign-in', (c) => c.html(signInPage(frameOf(context, c))))
    .post('/support/sign-in', async (c) => {
      const form = await readForm(c, credentials);
      const session = form && (await signInStaff(context, form.email, form.password));
      if (!session)
        return c.html(signInPage(frameOf(context, c), 'That address and password do not go together.'), 403);
      writeCookie(c, config, 'staff', session);
      return c.redirect('/support', 303);
    })
    .get('/support/welcome/:token', async (c) => {
      if (!(await invited(db, hashToken(c.req.param('token'))))) return c.notFound();
      return c.html(welcomePage(frameOf(context, c), c.req.path, SHORTEST_PASSWORD));
    })
    .post('/support/welcome/:token', async (c) => {
      const form = await readForm(c, z.object({ password: z.string().min(SHORTEST_PASSWORD).max(200) }));
      if (!form)
        return c.html(
          welcomePage(frameOf(context, c), c.req.path, SHORTEST_PASSWORD, 'That password is too short.'),
          422,
        );
      const session = await acceptInvitation(context, c.req.param('token'), form.password);
      if (!session) return c.notFound();
      writeCookie(c, config, 'staff', session);
      return c.redirect('/support', 303);
    });
  return app.route('/', signedInRoutes(context));
}

function signedInRoutes(context: Context): Hono<Signed> {
  const { db, config } = context;
  const app = new Hono<Signed>();
  const signedIn = createMiddleware<Signed>(async (c, next) => {
    const token = readCookie(c, config, 'staff');
    const staff = token ? await staffOfSession(db, hashToken(token)) : undefined;
    if (!staff) return c.redirect('/support/sign-in', 303);
    c.set('staff', staff);
    // A merchant's staff see nothing but that merchant's codes.
    if (staff.merchant_id !== null && !OPEN_TO_MERCHANTS.test(c.req.path))
      return c.redirect('/support/vouchers', 303);
    await next();
  });
  app.use('/support', signedIn);
  app.use('/support/*', signedIn);
  app.route('/', voucherRoutes(context));
  return app
    .get('/support', async (c) => {
      const query = (c.req.query('q') ?? '').slice(0, 300);
      const hits = query.trim() === '' ? undefined : await searchSupport(db, query);
      const [only] = hits ?? [];
      if (hits?.length === 1 && only) return c.redirect(found(only).href, 303);
      const untold = hits ? [] : await neverTold(db, config.HELD_DAYS);
      const books = hits ? undefined : { last: await lastCheck(db), open: await openDifferences(db) };
      return c.html(searchPage(frameOf(context, c), query, hits?.map(found), untold, books));
    })
    .get('/support/shoppers/:id', async (c) => showCase(context, c, false))
    .post('/support/shoppers/:id/reveal', async (c) => {
      const form = await readForm(c, z.object({ reason: z.string().trim().min(5).max(300) }));
      const shopper_id = shopperId.safeParse(c.req.param('id')).data;
      if (!form || !shopper_id || c.get('staff').role === 'viewer')
        return c.redirect(`/support/shoppers/${c.req.param('id')}`, 303);
      await record(db, c.get('staff').email, 'reveal', `shopper ${shopper_id}`, form.reason);
      return showCase(context, c, true);
    })
    .get('/support/replies/:id', async (c) => {
      const post_id = id.safeParse(c.req.param('id')).data;
      const reply = post_id && (await readReplyCase(db, post_id));
      if (!post_id || !reply) return c.notFound();
      const outcomes = reply.outcomes.map((row) => ({
        at: row.decided_at,
        title: [row.outcome, row.reason].filter(Boolean).join(': '),
        text: en.outcome({ ...row, among: row.detail.among ?? [] }),
        detail: JSON.stringify(row.detail, null, 2),
        shopper_id: row.shopper_id,
      }));
      const received = reply.reply
        ? `received ${reply.reply.received_at.toISOString()} by ${reply.reply.source}`
        : null;
      return c.html(
        replyPage(frameOf(context, c), {
          post_id,
          x: config.X_AUTH_URL,
          body: reply.reply?.body,
          received,
          outcomes,
        }),
      );
    })
    .route('/', supportOrderRoutes(context))
    .route('/', supportChangeRoutes(context))
    .post('/support/sign-out', async (c) => {
      const token = readCookie(c, config, 'staff');
      if (token) await closeStaffSession(db, hashToken(token));
      dropCookie(c, config, 'staff');
      return c.redirect('/support/sign-in', 303);
    });
}

async function showCase(context: Context, c: Request<Signed>, revealed: boolean) {
  const shopper_id = shopperId.safeParse(c.req.param('id')).data;
  const known = shopper_id && (await readCase(context.db, shopper_id));
  if (!known) return c.notFound();
  return c.html(
    casePage(frameOf(context, c), { found: known, revealed, mayReveal: c.get('staff').role !== 'viewer' }),
  );
}

function found(hit: Hit): Found {
  return hit.kind === 'shopper'
    ? { href: `/support/shoppers/${hit.shopper_id}`, title: `Shopper ${hit.shopper_id}`, why: hit.why }
    : { href: `/support/replies/${hit.post_id}`, title: `Reply ${hit.post_id}`, why: 'post' };
}
