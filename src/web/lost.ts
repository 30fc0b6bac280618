import { Hono } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { addMail, mailedLately } from '../db/mails.ts';
import { shoppersByEmail } from '../db/shoppers.ts';
import { queueMails } from '../queue.ts';
import { lostPage } from '../views/shopper.tsx';
import { emailField, readForm } from './forms.ts';
import { frameOf } from './frame.ts';

const NOT_AGAIN_MINUTES = 5;

/** The way back to a cart whose link is lost. Says the same whether an address is known or not. */
export function lostRoutes(context: Context): Hono {
  return new Hono()
    .get('/cart', (c) => c.html(lostPage(frameOf(context, c), c.req.query('done') !== undefined)))
    .post('/cart', async (c) => {
      const form = await readForm(c, z.object({ email: emailField }));
      if (form) await mailLinks(context, form.email);
      return c.redirect('/cart?done', 303);
    });
}

async function mailLinks({ db, queues }: Context, email: string): Promise<void> {
  for (const { x_user_id: shopper_id } of await shoppersByEmail(db, email)) {
    if (await mailedLately(db, shopper_id, 'links', NOT_AGAIN_MINUTES)) continue;
    const mail_id = await addMail(db, { kind: 'links', shopper_id });
    if (mail_id) await queueMails({ queues }, [mail_id]);
  }
}
