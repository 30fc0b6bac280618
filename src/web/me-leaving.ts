import { Hono } from 'hono';
import { z } from 'zod';
import { eraseShopper } from '../actions/erase-shopper.ts';
import { exportShopper } from '../actions/export-shopper.ts';
import { unlinkShopper } from '../actions/unlink-shopper.ts';
import type { Context } from '../context.ts';
import { closeAllSessions } from '../db/leaving.ts';
import { leavePage } from '../views/me-leaving.tsx';
import { noticePage } from '../views/page.tsx';
import { dropCookie } from './cookies.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { signedIn } from './session.ts';

/** Taking everything along, signing out everywhere, and leaving for good: asked once more before it is done. */
export function leavingRoutes(context: Context): Hono {
  const { db, config } = context;
  return new Hono()
    .get('/me/export.json', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      const exported = await exportShopper(context, shopper.x_user_id);
      const frame = frameOf(context, c);
      const { download, busy } = frame.texts.account;
      if (!exported)
        return c.html(
          noticePage(frame, { title: download, text: busy }, { href: '/me', text: frame.texts.page.back }),
          429,
        );
      c.header('content-disposition', 'attachment; filename="replycart.json"');
      return c.body(JSON.stringify(exported, null, 2), 200, { 'content-type': 'application/json' });
    })
    .post('/me/sign-out-everywhere', async (c) => {
      const shopper = await signedIn(context, c);
      if (shopper) await closeAllSessions(db, shopper.x_user_id);
      dropCookie(c, config, 'session');
      return c.redirect('/', 303);
    })
    .get('/me/unlink', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      const frame = frameOf(context, c);
      const { unlink } = frame.texts.account;
      return c.html(leavePage(frame, '/me/unlink', unlink));
    })
    .post('/me/unlink', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      await unlinkShopper(context, shopper.x_user_id);
      dropCookie(c, config, 'session');
      const frame = frameOf(context, c);
      const { doneTitle: title, done: text } = frame.texts.account.unlink;
      return c.html(noticePage(frame, { title, text }));
    })
    .get('/me/erase', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      const frame = frameOf(context, c);
      const { text, ...erase } = frame.texts.account.erase;
      return c.html(leavePage(frame, '/me/erase', { ...erase, text: text(config.DELIVERY_DAYS) }));
    })
    .post('/me/erase', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect('/link', 303);
      const form = await readForm(c, z.object({ sure: z.literal('yes') }));
      if (!form) return c.redirect('/me/erase', 303);
      await eraseShopper(context, shopper.x_user_id);
      dropCookie(c, config, 'session');
      const frame = frameOf(context, c);
      const { doneTitle: title, done: text } = frame.texts.account.erase;
      return c.html(noticePage(frame, { title, text }));
    });
}
