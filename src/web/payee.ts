import { Hono, type Context as Request } from 'hono';
import { checkPayee } from '../actions/check-payee.ts';
import { opensPayeePage } from '../actions/payee-page.ts';
import type { Context } from '../context.ts';
import { findPayee } from '../db/payees.ts';
import type { Merchant } from '../domain/catalog.ts';
import type { Payee } from '../domain/payee.ts';
import { onboardingLink } from '../stripe/accounts.ts';
import { noticePage } from '../views/page.tsx';
import { accountPage } from '../views/payee.tsx';
import { frameOf } from './frame.ts';

const PATH = '/m/:merchant/account/:until/:token';

/** Where merchants see how their account at Stripe stands: Stripe leads back here, too, when a link of its own is over. */
export function payeeRoutes(context: Context): Hono {
  const { db, config, stripe, log, catalog } = context;
  const withPayee =
    (answer: (c: Request, merchant: Merchant, payee: Payee) => Response | Promise<Response>) =>
    async (c: Request): Promise<Response> => {
      const { merchant: id = '', until = '', token = '' } = c.req.param();
      const merchant = (await catalog())?.merchants.get(id);
      const payee = opensPayeePage(context, id, until, token) ? await findPayee(db, id) : undefined;
      if (merchant && payee) return answer(c, merchant, payee);
      const frame = frameOf(context, c);
      const { oldTitle: title, old: text } = frame.texts.connect.account;
      return c.html(noticePage(frame, { title, text }), 404);
    };
  return new Hono()
    .get(
      PATH,
      withPayee(async (c, merchant, known) => {
        // The news may have been lost on the way: ask Stripe. While it does not answer, what is known is shown.
        const checked = await checkPayee(context, merchant.id).catch((error) => {
          log.warn({ err: error, merchant: merchant.id }, 'Stripe did not say how an account stands');
          return undefined;
        });
        const payee = checked ?? known;
        const fee_bps = payee.fee_bps ?? config.PLATFORM_FEE_BPS;
        const { path } = c.req;
        return c.html(accountPage(frameOf(context, c), { merchant, payee, fee_bps, path }));
      }),
    )
    .post(
      PATH,
      withPayee(async (c, _, payee) => {
        const { path } = c.req;
        if (payee.account_id === null || payee.gone_at) return c.redirect(path, 303);
        const page = `${config.PUBLIC_URL}${path}`;
        const { url } = await onboardingLink(stripe, payee.account_id, page);
        return c.redirect(url, 303);
      }),
    );
}
