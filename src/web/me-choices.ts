import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { agreeToReminders, forgetAddress, REMINDERS_VERSION, stopReminders } from '../actions/preferences.ts';
import type { Context } from '../context.ts';
import { comeBack, setCartMails, setLanguage } from '../db/preferences.ts';
import type { Shopper } from '../db/shoppers.ts';
import { isLanguage } from '../domain/languages.ts';
import { readForm } from './forms.ts';
import { signedIn } from './session.ts';

const onOrOff = z.object({ on: z.enum(['0', '1']) });
/** Who agrees has seen the text of this version. */
const reminders = z.union([
  z.object({ on: z.literal('0') }),
  z.object({ on: z.literal('1'), consent: z.literal(REMINDERS_VERSION) }),
]);
const language = z.object({ language: z.union([z.literal(''), z.string().refine(isLanguage)]) });

/** What shoppers decide on /me. */
export function choiceRoutes(context: Context): Hono {
  const { db } = context;
  /** Does what a signed-in shopper has chosen, and leads back. */
  const chosen = (work: (shopper: Shopper, c: Request) => Promise<boolean>) => async (c: Request) => {
    const shopper = await signedIn(context, c);
    if (!shopper) return c.redirect('/link', 303);
    return c.redirect((await work(shopper, c)) ? '/me?saved' : '/me', 303);
  };
  return new Hono()
    .post(
      '/me/language',
      chosen(async ({ x_user_id }, c) => {
        const form = await readForm(c, language);
        if (form) await setLanguage(db, x_user_id, form.language || null);
        return form !== undefined;
      }),
    )
    .post(
      '/me/mails',
      chosen(async ({ x_user_id }, c) => {
        const form = await readForm(c, onOrOff);
        if (form) await setCartMails(db, x_user_id, form.on === '1');
        return form !== undefined;
      }),
    )
    .post(
      '/me/reminders',
      chosen(async ({ x_user_id, locale }, c) => {
        const form = await readForm(c, reminders);
        if (form?.on === '1') await agreeToReminders(context, x_user_id, locale ?? 'en');
        else if (form) await stopReminders(context, x_user_id);
        return form !== undefined;
      }),
    )
    .post(
      '/me/come-back',
      chosen(async ({ x_user_id }) => {
        await comeBack(db, x_user_id);
        return true;
      }),
    )
    .post(
      '/me/remove-address',
      chosen(async ({ x_user_id }) => {
        await forgetAddress(context, x_user_id);
        return true;
      }),
    );
}
