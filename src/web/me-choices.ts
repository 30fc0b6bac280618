import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { changeMailWish, REMINDERS_CONSENT } from '../actions/unsubscribe.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import type { MailWish } from '../db/mail-wishes.ts';
import { removeAddress, setLanguage, setTimezone } from '../db/preferences.ts';
import type { Shopper } from '../db/shoppers.ts';
import { isTimeZone } from '../domain/time-zone.ts';
import { languages } from '../views/texts.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { signedIn } from './session.ts';

const onOrOff = z.object({ on: z.enum(['0', '1']) });
/** Who agrees has seen the text of this version. */
const reminders = z.union([
  z.object({ on: z.literal('0') }),
  z.object({ on: z.literal('1'), consent: z.literal(REMINDERS_CONSENT) }),
]);
const language = z.object({ language: z.union([z.literal(''), z.enum(Object.keys(languages))]) });
const timezone = z.object({ timezone: z.literal('').or(z.string().max(64).refine(isTimeZone)) });

/** What shoppers decide on /me. */
export function choiceRoutes(context: Context): Hono {
  const { db } = context;
  /** Does what a signed-in shopper has chosen, and leads back. */
  const chosen = (work: (shopper: Shopper, c: Request) => Promise<boolean>) => async (c: Request) => {
    const shopper = await signedIn(context, c);
    if (!shopper) return c.redirect('/link', 303);
    return c.redirect((await work(shopper, c)) ? '/me?saved' : '/me', 303);
  };
  /** @param c says in which language the text was that they agreed to */
  const wish = (shopper_id: string, wanted: MailWish, c?: Request): Promise<void> =>
    changeMailWish(context, shopper_id, wanted, c && frameOf(context, c).texts.language);
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
      '/me/timezone',
      chosen(async ({ x_user_id }, c) => {
        const form = await readForm(c, timezone);
        if (form) await setTimezone(db, x_user_id, form.timezone || null);
        return form !== undefined;
      }),
    )
    .post(
      '/me/mails',
      chosen(async ({ x_user_id }, c) => {
        const form = await readForm(c, onOrOff);
        if (form) await wish(x_user_id, form.on === '1' ? 'resubscribe' : 'unsubscribe');
        return form !== undefined;
      }),
    )
    .post(
      '/me/reminders',
      chosen(async ({ x_user_id }, c) => {
        const form = await readForm(c, reminders);
        if (form) await wish(x_user_id, form.on === '1' ? 'remind' : 'no_reminders', c);
        return form !== undefined;
      }),
    )
    .post(
      '/me/come-back',
      chosen(async ({ x_user_id }) => {
        await wish(x_user_id, 'come_back');
        return true;
      }),
    )
    .post(
      '/me/remove-address',
      chosen(async ({ x_user_id }) => {
        await inTransaction(db, (tx) => removeAddress(tx, x_user_id));
        return true;
      }),
    );
}
