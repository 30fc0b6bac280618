import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { CONSENT_VERSION, confirmEmail, linkShopper, mailCode } from '../actions/link-shopper.ts';
import type { Context } from '../context.ts';
import { sameText } from '../crypto.ts';
import { findCode } from '../db/email-codes.ts';
import type { Shopper } from '../db/shoppers.ts';
import { maskEmail } from '../domain/text.ts';
import { type Frame, noticePage } from '../views/page.tsx';
import { codePage, emailPage, linkPage } from '../views/shopper.tsx';
import { localeFor } from '../views/texts.ts';
import { dropCookie, readCookie, writeCookie } from './cookies.ts';
import { emailField, readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { forgetWish, fulfilWish, recallWish } from './product-wish.ts';
import { landing, signedIn } from './session.ts';
import { wayBack } from './way-back.ts';

/** A shopper who is at X, as remembered in their own browser, sealed. */
const pending = z.object({
  state: z.string(),
  verifier: z.string(),
  consent: z.string(),
  /** Of the text that they agreed to. */
  language: z.string(),
  /** Their browser's. */
  locale: z.string(),
  until: z.number(),
  back: wayBack,
});
const SIGN_IN_MS = 10 * 60_000;

/** Linking an X account, and proving an e-mail address where X tells us none. */
export function linkRoutes(context: Context): Hono {
  const { config, x, keys, now, log } = context;
  const redirectUri = `${config.PUBLIC_URL}/link/callback`;
  return (
    new Hono()
      // As it may stand in a merchant's profile.
      .get('/link/', (c) => c.redirect('/link', 301))
      .get('/link', async (c) => {
        const frame = frameOf(context, c);
        return c.html(
          linkPage(frame, {
            consentVersion: CONSENT_VERSION,
            placeMinutes: config.PLACE_MINUTES,
            heldDays: config.HELD_DAYS,
            textDays: config.KEEP_TEXT_DAYS,
            what: await whatThen(context, c, frame),
            back: wayBack.parse(c.req.query('back')),
          }),
        );
      })
      .post('/link', async (c) => {
        const form = await readForm(c, z.object({ consent: z.literal(CONSENT_VERSION), back: wayBack }));
        if (!form) return c.redirect('/link', 303); // the text has changed since: it has to be read anew
        const { url, state, verifier } = x.signIn(redirectUri);
        const until = now().getTime() + SIGN_IN_MS;
        const accepted = c.req.header('accept-language');
        const locale = (localeFor(accepted) ?? accepted?.split(/[,;]/)[0])?.slice(0, 35) || 'en';
        const { language } = frameOf(context, c).texts;
        const remembered: z.infer<typeof pending> = { state, verifier, ...form, language, locale, until };
        writeCookie(c, config, 'link', keys.seal('cookie', JSON.stringify(remembered)), new Date(until));
        return c.redirect(url, 303);
      })
      .get('/link/callback', async (c) => {
        const frame = frameOf(context, c);
        const t = frame.texts.link;
        const sealed = readCookie(c, config, 'link');
        dropCookie(c, config, 'link');
        const again = { href: '/link', text: t.again };
        if (c.req.query('error'))
          return c.html(noticePage(frame, { title: t.refusedTitle, text: t.refused }, again));
        const opened = sealed && keys.unseal('cookie', sealed);
        const remembered = opened ? pending.safeParse(JSON.parse(opened)).data : undefined;
        const { code, state } = c.req.query();
        if (
          !remembered ||
          !code ||
          !state ||
          !sameText(state, remembered.state) ||
          remembered.until < now().getTime()
        ) {
          return c.html(noticePage(frame, { title: t.refusedTitle, text: t.failed }, again), 400);
        }
        let user: Awaited<ReturnType<typeof x.whoIs>>;
        try {
          user = await x.whoIs(code, remembered.verifier, redirectUri);
        } catch (error) {
          log.warn({ err: error }, 'X did not tell who came back');
          return c.html(noticePage(frame, { title: t.refusedTitle, text: t.failed }, again), 502);
        }
        const consent = { version: remembered.consent, locale: remembered.language };
        const { shopper, session, expires_at } = await linkShopper(context, user, consent, remembered.locale);
        writeCookie(c, config, 'session', session, expires_at);
        const wish = recallWish(context, c);
        forgetWish(context, c);
        // An address is asked for later, at Stripe or on /me: first comes what they came for.
        if (wish) return fulfilWish(context, c, shopper, wish);
        const reachable = shopper.email !== null && !shopper.email_refused_at;
        const asksNothing = reachable || shopper.email_removed_at !== null;
        if (remembered.back && asksNothing) return c.redirect(remembered.back, 303);
        return c.redirect(asksNothing ? await landing(context, shopper) : '/link/email', 303);
      })
      .get('/link/email', async (c) => {
        const shopper = await signedIn(context, c);
        if (!shopper) return c.redirect('/link', 303);
        const frame = frameOf(context, c);
        return c.html(emailPage(frame, whyAddress(frame, shopper)));
      })
      .post('/link/email', async (c) => {
        const shopper = await signedIn(context, c);
        if (!shopper) return c.redirect('/link', 303);
        const frame = frameOf(context, c);
        const lead = whyAddress(frame, shopper);
        const form = await readForm(c, z.object({ email: emailField }));
        if (!form) return c.html(emailPage(frame, lead, frame.texts.email.invalid), 422);
        const mailed = await mailCode(context, shopper.x_user_id, form.email);
        if (!mailed) return c.html(emailPage(frame, lead, frame.texts.email.tooMany), 429);
        return c.redirect('/link/code', 303);
      })
      .get('/link/code', async (c) => {
        const shopper = await signedIn(context, c);
        const asked = shopper && (await findCode(context.db, shopper.x_user_id));
        if (!asked) return c.redirect('/link', 303);
        return c.html(codePage(frameOf(context, c), asked.email));
      })
      .post('/link/code', async (c) => {
        const shopper = await signedIn(context, c);
        const asked = shopper && (await findCode(context.db, shopper.x_user_id));
        if (!asked) return c.redirect('/link', 303);
        const frame = frameOf(context, c);
        const form = await readForm(c, z.object({ code: z.string().max(20) }));
        const right = form && (await confirmEmail(context, shopper.x_user_id, form.code));
        if (!right) return c.html(codePage(frame, asked.email, frame.texts.email.wrongCode), 422);
        return c.redirect(await landing(context, shopper), 303);
      })
  );
}

/** What is done with who signs in because of a button on a product's page. */
async function whatThen(context: Context, c: Request, { texts }: Frame): Promise<string | undefined> {
  const wish = recallWish(context, c);
  const title = wish && (await context.catalog())?.products.get(wish.merchant_id)?.get(wish.sku)?.title;
  if (!title) return undefined;
  return (wish.way === 'buy' ? texts.product.thenBuy : texts.product.thenAdd)(title);
}

/** An address is asked for where there is none, and where another is to take its place. */
function whyAddress({ texts }: Frame, { username: handle, email, email_refused_at }: Shopper): string {
  if (email && email_refused_at) return texts.mailControl.refusedLead(handle, maskEmail(email));
  return email ? texts.account.anotherLead(handle, maskEmail(email)) : texts.email.lead(handle);
}
