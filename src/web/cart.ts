import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { type ChangeResult, changeLine } from '../actions/change-line.ts';
import { chooseCountry } from '../actions/choose-country.ts';
import { stopWaiting } from '../actions/stop-waiting.ts';
import { switchOption } from '../actions/switch-option.ts';
import { downloadPath } from '../actions/take-download.ts';
import { takeWhatIsLeft } from '../actions/take-what-is-left.ts';
import { changeMailWish } from '../actions/unsubscribe.ts';
import type { Context } from '../context.ts';
import { type CheckoutSight, sightOfCheckout } from '../db/checkout-sight.ts';
import { merchantOf } from '../db/merchants.ts';
import { readTypedAmount } from '../domain/amount-text.ts';
import { formatMoney } from '../domain/currency.ts';
import { paidPage } from '../views/paid.tsx';
import { buyingRoutes } from './buying.ts';
import { cartCardRoutes } from './cart-card.ts';
import { cartConfirmRoutes } from './cart-confirm.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { goToPay, showAnew } from './go-to-pay.ts';
import { type OpenedCart, oldLink, openedCart } from './open-cart.ts';
import { isOwner } from './session.ts';
import { showCart } from './show-cart.ts';

/** While a payment is being confirmed, the page loads itself again after so many seconds. */
const LOOK_AGAIN = '2';

const digits = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const sku = z.string().max(200);
const change = z.object({ sku, quantity: digits.pipe(z.number().max(9999)), undo: z.string().optional() });
const option = z.object({ sku, to: sku });
const amount = z.object({ sku, amount: z.string().trim().max(20) });
const country = z.string().regex(/^[A-Z]{2}$/);
const checkout = z.object({ total: digits, country: country.optional() });
const reminders = z.object({ wish: z.enum(['remind', 'no_reminders']) });

/** The cart that a mailed link opens. Looking at it changes nothing: mail scanners follow links, too. */
export function cartRoutes(context: Context): Hono {
  const { db } = context;
  /** A route for those whose token opens a cart. */
  const withCart =
    (answer: (c: Request, opened: OpenedCart) => Promise<Response>) =>
    async (c: Request): Promise<Response> => {
      const opened = await openedCart(context, c);
      return opened ? answer(c, opened) : oldLink(context, c);
    };
  return (
    new Hono()
      .route('/', cartConfirmRoutes(context))
      .route('/', cartCardRoutes(context))
      .route('/', buyingRoutes(context))
      .all('/c', (c) => oldLink(context, c))
      .all('/c/', (c) => oldLink(context, c))
      .get(
        '/c/:token',
        withCart(async (c, opened) => {
          const sight = await sightOfCheckout(db, opened.cart, c.req.query('session'));
          return sight.kind === 'open'
            ? showCart(context, c, opened)
            : showPayment(context, c, opened, sight);
        }),
      )
      .post(
        '/c/:token/items',
        withCart(async (c, opened) => {
          const form = await readForm(c, change);
          if (!form) return c.redirect(opened.path, 303);
          const { sku, quantity } = form;
          const wish = { sku, quantity, final: form.undo !== undefined };
          return answerChange(context, c, opened, await changeLine(context, opened.cart.id, wish));
        }),
      )
      .post(
        '/c/:token/amount',
        withCart(async (c, opened) => {
          const form = await readForm(c, amount);
          if (!form) return c.redirect(opened.path, 303);
          // What is no amount is as much as nothing: below every bound.
          const given = readTypedAmount(form.amount, opened.cart.currency) ?? 0;
          const wish = { sku: form.sku, quantity: 1, amount: given };
          return answerChange(context, c, opened, await changeLine(context, opened.cart.id, wish));
        }),
      )
      .post(
        '/c/:token/option',
        withCart(async (c, opened) => {
          const form = await readForm(c, option);
          if (!form) return c.redirect(opened.path, 303);
          return answerChange(context, c, opened, await switchOption(context, opened.cart.id, form));
        }),
      )
      .post(
        '/c/:token/waiting',
        withCart(async (c, { cart, path }) => {
          const form = await readForm(c, z.object({ sku }));
          if (form) await stopWaiting(context, cart.id, form.sku);
          return c.redirect(path, 303);
        }),
      )
      .post(
        '/c/:token/reminders',
        withCart(async (c, { cart, path }) => {
          const form = await readForm(c, reminders);
          const { language } = frameOf(context, c).texts;
          if (form) await changeMailWish(context, cart.shopper_id, form.wish, language);
          return c.redirect(path, 303);
        }),
      )
      .post(
        '/c/:token/country',
        withCart(async (c, { cart, path }) => {
          const form = await readForm(c, z.object({ country }));
          if (form) await chooseCountry(context, cart.id, form.country);
          return c.redirect(path, 303);
        }),
      )
      .post(
        '/c/:token/checkout',
        withCart(async (c, opened) => {
          const form = await readForm(c, checkout);
          if (!form) return c.redirect(opened.path, 303);
          return goToPay(context, c, opened, form, await isOwner(context, c, opened.cart));
        }),
      )
      .post(
        '/c/:token/rest',
        withCart(async (c, opened) => {
          const form = await readForm(c, checkout);
          if (!form) return c.redirect(opened.path, 303);
          const { total: shownTotal, country } = form;
          const taken = await takeWhatIsLeft(context, opened.cart.id, { shownTotal, country });
          if (taken.kind === 'changed') return showAnew(context, c, opened, shownTotal, 'changed');
          return goToPay(context, c, opened, form, await isOwner(context, c, opened.cart));
        }),
      )
      .post(
        '/c/:token/wait',
        withCart(async (c, { cart, path }) => {
          await takeWhatIsLeft(context, cart.id, { wait: true });
          return c.redirect(path, 303);
        }),
      )
      .post(
        '/c/:token/trim',
        withCart(async (c, { cart, path }) => {
          await takeWhatIsLeft(context, cart.id);
          return c.redirect(path, 303);
        }),
      )
      // Pages that answered a form, opened anew, and links that something was glued to.
      .all(
        '/c/:token/:rest{.*}',
        withCart(async (c, { path }) => c.redirect(path, 303)),
      )
  );
}

/** After a change: the cart, or the cart as it was and why it stays so. */
async function answerChange(context: Context, c: Request, opened: OpenedCart, result: ChangeResult) {
  if (result.kind === 'changed' || result.kind === 'gone') return c.redirect(opened.path, 303);
  const { texts } = frameOf(context, c);
  const { refused } = texts.cart;
  const { locale } = await merchantOf(context.db, opened.cart);
  const money = (of: number): string => formatMoney(of, opened.cart.currency, locale);
  const bounds =
    'donation' in result
      ? texts.donation.bounds(money(result.donation.minimum), money(result.donation.maximum))
      : '';
  const text = {
    over_limit: () => refused.over_limit('limit' in result ? result.limit : 0),
    sold_out: () => refused.sold_out('left' in result ? result.left : 0),
    unavailable: () => refused.unavailable,
    amount_bounds: () => bounds,
  }[result.kind]();
  return showCart(context, c, opened, { kind: 'warn', texts: [text] });
}

async function showPayment(
  context: Context,
  c: Request,
  { cart, path }: OpenedCart,
  sight: Exclude<CheckoutSight, { kind: 'open' }>,
) {
  // The news may have been lost on the way: ask Stripe.
  if (sight.kind === 'waiting') await context.queues.add('record-payment', { session_id: sight.session_id });
  if (sight.kind === 'charging') await context.queues.add('charge-card', { checkout_id: sight.checkout_id });
  const waits = sight.kind === 'waiting' || sight.kind === 'charging';
  if (waits) c.header('refresh', LOOK_AGAIN);
  const state = waits ? { kind: 'waiting' as const } : sight;
  const { keys, now } = context;
  return c.html(
    paidPage(frameOf(context, c), state, await merchantOf(context.db, cart), {
      path,
      now: now(),
      download: (id) => downloadPath(keys, id),
    }),
  );
}
