import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { signInMerchant, signOutMerchant } from '../actions/merchant-account.ts';
import type { Context } from '../context.ts';
import { sameText } from '../crypto.ts';
import { findAccount } from '../db/merchant-accounts.ts';
import type { Merchant } from '../domain/catalog.ts';
import { merchantSignInPage } from '../views/merchant-sign-in.tsx';
import { noticePage } from '../views/page.tsx';
import { MERCHANT_SCOPES } from '../x/client.ts';
import { dropCookie, readCookie, writeCookie } from './cookies.ts';
import { frameOf } from './frame.ts';
import { merchantOrderRoutes } from './merchant-orders.ts';

/** What a merchant's own browser remembers, sealed: that they are at X, or that they were there a moment ago. */
const remembered = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('at_x'),
    merchant_id: z.string(),
    state: z.string(),
    verifier: z.string(),
    until: z.number(),
  }),
  z.object({ step: z.literal('back'), x_user_id: z.string(), until: z.number() }),
]);
type Remembered = z.infer<typeof remembered>;
const SIGN_IN_MS = 10 * 60_000;
/** So long after signing in, the same browser may sign out, and see what is to be sent and to whom. */
const SIGNED_IN_MS = 60 * 60_000;

/** Merchants let us reply for them, take that back, and see what they have to send. */
export function merchantRoutes(context: Context): Hono {
  const { config, x, keys, now, log, db, catalog } = context;
  const redirectUri = `${config.PUBLIC_URL}/merchant/callback`;
  const merchantOf = async (c: Request): Promise<Merchant | undefined> =>
    (await catalog())?.merchants.get(c.req.param('merchant') ?? '');
  const remember = (c: Request, what: Remembered): void =>
    writeCookie(c, config, 'merchant', keys.seal('cookie', JSON.stringify(what)), new Date(what.until));
  const recall = (c: Request): Remembered | undefined => {
    const opened = keys.unseal('cookie', readCookie(c, config, 'merchant') ?? '');
    const known = opened === undefined ? undefined : remembered.safeParse(JSON.parse(opened)).data;
    return known && known.until > now().getTime() ? known : undefined;
  };
  const isBack = (c: Request, merchant: Merchant): boolean => {
    const known = recall(c);
    return known?.step === 'back' && known.x_user_id === merchant.x_user_id;
  };
  const signedIn = async (c: Request): Promise<Merchant | undefined> => {
    const merchant = await merchantOf(c);
    return merchant && isBack(c, merchant) ? merchant : undefined;
  };
  return new Hono()
    .route('/', merchantOrderRoutes(context, signedIn))
    .get('/m/:merchant/sign-in', async (c) => {
      const merchant = await merchantOf(c);
      if (!merchant) return c.notFound();
      const account = await findAccount(db, merchant.x_user_id);
      const state = account?.tokens ? 'signed_in' : account ? 'lost' : 'never';
      const profileUrl = `${config.PUBLIC_URL}/link`;
      return c.html(
        merchantSignInPage(frameOf(context, c), {
          merchant,
          state,
          profileUrl,
          maySignOut: isBack(c, merchant),
        }),
      );
    })
    .post('/m/:merchant/sign-in', async (c) => {
      const merchant = await merchantOf(c);
      if (!merchant) return c.notFound();
      const { url, state, verifier } = x.signIn(redirectUri, MERCHANT_SCOPES);
      const until = now().getTime() + SIGN_IN_MS;
      remember(c, { step: 'at_x', merchant_id: merchant.id, state, verifier, until });
      return c.redirect(url, 303);
    })
    .post('/m/:merchant/sign-out', async (c) => {
      const merchant = await merchantOf(c);
      if (!merchant) return c.notFound();
      if (isBack(c, merchant)) await signOutMerchant(context, merchant.x_user_id);
      dropCookie(c, config, 'merchant');
      return c.redirect(`/m/${merchant.id}/sign-in`, 303);
    })
    .get('/merchant/callback', async (c) => {
      const frame = frameOf(context, c);
      const t = frame.texts.merchantSignIn;
      const known = recall(c);
      dropCookie(c, config, 'merchant');
      const merchant =
        known?.step === 'at_x' ? (await catalog())?.merchants.get(known.merchant_id) : undefined;
      const back = merchant && { href: `/m/${merchant.id}/sign-in`, text: t.again };
      const refuse = (text: string, status: 200 | 400 | 403 | 502) =>
        c.html(noticePage(frame, { title: t.refusedTitle, text }, back), status);
      const { code, state, error } = c.req.query();
      if (error) return refuse(t.declined, 200);
      if (known?.step !== 'at_x' || !merchant || !code || !state || !sameText(state, known.state))
        return refuse(t.failed, 400);
      let granted: Awaited<ReturnType<typeof x.whoGrants>>;
      try {
        granted = await x.whoGrants(code, known.verifier, redirectUri);
      } catch (error) {
        log.warn({ err: error }, 'X did not tell which merchant came back');
        return refuse(t.failed, 502);
      }
      const { user, tokens } = granted;
      if (user.id !== merchant.x_user_id) {
        if (tokens) await x.revoke(tokens.refresh).catch(() => {});
        return refuse(t.otherAccount(user.username, merchant.username), 403);
      }
      if (!tokens) return refuse(t.tooLittle, 403);
      await signInMerchant(context, user, tokens);
      remember(c, { step: 'back', x_user_id: user.id, until: now().getTime() + SIGNED_IN_MS });
      return c.redirect(`/m/${merchant.id}/sign-in`, 303);
    });
}
