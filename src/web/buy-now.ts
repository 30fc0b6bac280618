import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { agree, BUY_NOW_CONSENT, endAgreement } from '../actions/grant.ts';
import { withCustomer } from '../actions/keep-customer.ts';
import type { Context } from '../context.ts';
import { addressOf } from '../db/addresses.ts';
import { cardsOf, customerOfShopper } from '../db/customers.ts';
import { grantsOf } from '../db/grants.ts';
import type { Shopper } from '../db/shoppers.ts';
import { readTypedAmount } from '../domain/amount-text.ts';
import type { Merchant } from '../domain/catalog.ts';
import { largestCharge } from '../domain/currency.ts';
import { isShippable } from '../domain/order.ts';
import { openCardPage } from '../stripe/customers.ts';
import { buyNowPage, enrolPage } from '../views/buy-now.tsx';
import { addressFields, shipToOf } from './address-form.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { signedIn } from './session.ts';
import { signInFor } from './way-back.ts';

/** While a card is on its way from Stripe, the page loads itself again after so many seconds, and only so often. */
const LOOK_AGAIN_SECONDS = 2;
const MOST_LOOKS = 15;

const agreement = z.object({
  consent: z.literal(BUY_NOW_CONSENT),
  agree: z.literal('yes'),
  card: z.string().startsWith('pm_').max(255),
});
const limits = z.object({ per_order: z.string().max(12), per_day: z.string().max(12) });

type Answer = (c: Request, shopper: Shopper, merchant: Merchant) => Promise<Response>;

/** Where shoppers agree that replies buy at once, at one merchant each, and take that back. */
export function buyNowRoutes(context: Context): Hono {
  const { db, stripe, config, queues } = context;
  /** For those who have signed in, at a merchant who lets replies buy. */
  const enrolling = (answer: Answer) => async (c: Request) => {
    const shopper = await signedIn(context, c);
    if (!shopper) return c.redirect(signInFor(new URL(c.req.url).pathname), 303);
    const merchant = (await context.catalog())?.merchants.get(c.req.param('merchant') ?? '');
    return merchant && tagOf(merchant) ? answer(c, shopper, merchant) : c.notFound();
  };
  const page = async (
    c: Request,
    { x_user_id }: Shopper,
    merchant: Merchant,
    more: { problem?: string; waiting?: boolean } = {},
  ): Promise<string> =>
    enrolPage(frameOf(context, c), {
      merchant,
      tag: tagOf(merchant) ?? '',
      cards: await cardsOf(db, x_user_id),
      address: await addressOf(db, x_user_id),
      grant: (await grantsOf(db, x_user_id)).find(({ merchant_id }) => merchant_id === merchant.id),
      consentVersion: BUY_NOW_CONSENT,
      undoSeconds: config.BUY_NOW_UNDO_SECONDS,
      ...more,
    });
  return new Hono()
    .get('/buy-now', async (c) => {
      if (!(await signedIn(context, c))) return c.redirect(signInFor('/buy-now'), 303);
      const merchants = [...((await context.catalog())?.merchants.values() ?? [])];
      const offering = merchants.flatMap((merchant) => {
        const tag = tagOf(merchant);
        return tag ? [{ id: merchant.id, name: merchant.name, tag }] : [];
      });
      return c.html(buyNowPage(frameOf(context, c), offering));
    })
    .get(
      '/buy-now/:merchant',
      enrolling(async (c, shopper, merchant) => {
        const look = Number(c.req.query('kept'));
        const customer = look >= 1 && look <= MOST_LOOKS && (await customerOfShopper(db, shopper.x_user_id));
        const waiting = customer && (await cardsOf(db, shopper.x_user_id)).length === 0;
        if (waiting) {
          // The news may have been lost on the way: ask Stripe.
          await queues.add('keep-customer', { customer_id: customer.id });
          c.header('refresh', `${LOOK_AGAIN_SECONDS}; url=${c.req.path}?kept=${look + 1}`);
        }
        return c.html(await page(c, shopper, merchant, { waiting: Boolean(waiting) }));
      }),
    )
    .post(
      '/buy-now/:merchant/card',
      enrolling(async (c, { x_user_id }, merchant) => {
        const returnUrl = `${config.PUBLIC_URL}/buy-now/${merchant.id}`;
        const { currency } = merchant;
        const { language } = frameOf(context, c).texts;
        const page = await withCustomer(context, x_user_id, (customer) =>
          openCardPage(stripe, { customer, currency, returnUrl, language }),
        );
        return c.redirect(page ?? '/link', 303);
      }),
    )
    .post('/buy-now/:merchant/stop', async (c) => {
      const shopper = await signedIn(context, c);
      if (!shopper) return c.redirect(signInFor('/me'), 303);
      // Whatever became of the merchant: an agreement can always be ended.
      await endAgreement(context, shopper.x_user_id, c.req.param('merchant'));
      return c.redirect('/me?saved', 303);
    })
    .post(
      '/buy-now/:merchant',
      enrolling(async (c, shopper, merchant) => {
        const frame = frameOf(context, c);
        const { enrol, address } = frame.texts.buyNow;
        const refuse = async (problem: string) => c.html(await page(c, shopper, merchant, { problem }), 422);
        const form = await readForm(c, agreement);
        if (!form) return refuse(enrol.invalid.form);
        const amounts = readLimits(await readForm(c, limits), merchant.currency);
        if (!amounts) return refuse(enrol.invalid.limits);
        const where = merchant.shipping ? await readForm(c, z.object(addressFields)) : undefined;
        const ship_to = where ? shipToOf(where) : null;
        if (merchant.shipping && !isShippable(ship_to, merchant.shipping)) return refuse(address.invalid);
        const { language: locale } = frame.texts;
        const given = { card_id: form.card, ...amounts, ship_to, locale };
        const agreed = await agree(context, shopper.x_user_id, merchant, given);
        return agreed ? c.redirect('/me?saved', 303) : refuse(enrol.invalid.form);
      }),
    );
}

/** The tag by which a reply buys at a merchant, as the catalog writes it. */
const tagOf = ({ hashtags }: Merchant): string | undefined => hashtags.buy?.[0];

function readLimits(
  form: z.infer<typeof limits> | undefined,
  currency: string,
): { per_order: number; per_day: number } | undefined {
  const read = (text: string): number => readTypedAmount(text, currency) ?? 0;
  const [per_order, per_day] = [read(form?.per_order ?? ''), read(form?.per_day ?? '')];
  const possible = per_order > 0 && per_order <= per_day && per_day <= largestCharge(currency);
  return possible ? { per_order, per_day } : undefined;
}
