import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { changeLine } from '../actions/change-line.ts';
import { openCheckout } from '../actions/open-checkout.ts';
import { stopWaiting } from '../actions/stop-waiting.ts';
import type { Context } from '../context.ts';
import { hashToken } from '../crypto.ts';
import { cartOfLink, choicesOf, languagesOf, openQuestions, readCart, waitingOf } from '../db/carts.ts';
import { type CheckoutSight, sightOfCheckout } from '../db/checkout-sight.ts';
import { outcomesOf } from '../db/replies.ts';
import { type Cart, totalsOf } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { formatMoney } from '../domain/currency.ts';
import { type CartPageProps, cartPage, paidPage, type Question } from '../views/cart.tsx';
import { noticePage } from '../views/page.tsx';
import { readForm } from './forms.ts';
import { frameOf, noteWishes } from './frame.ts';

/** While a payment is being confirmed, the page loads itself again after so many seconds. */
const LOOK_AGAIN = '2';

const digits = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const sku = z.string().max(200);
const change = z.object({ sku, quantity: digits.pipe(z.number().max(9999)) });
const checkout = z.object({ total: digits });

/** The cart that a mailed link opens. Looking at it changes nothing: mail scanners follow links, too. */
export function cartRoutes(context: Context): Hono {
  const { db, config } = context;
  return new Hono()
    .get('/c/:token', async (c) => {
      const cart = await cartOf(context, c);
      if (!cart) return oldLink(context, c);
      const sight = await sightOfCheckout(db, cart, c.req.query('session'));
      return sight.kind === 'open' ? showCart(context, c, cart) : showPayment(context, c, cart, sight);
    })
    .post('/c/:token/items', async (c) => {
      const cart = await cartOf(context, c);
      if (!cart) return oldLink(context, c);
      const form = await readForm(c, change);
      const result = form ? await changeLine(context, cart.id, form.sku, form.quantity) : undefined;
      if (!result || result.kind === 'changed' || result.kind === 'gone') return c.redirect(pathOf(c), 303);
      const { refused } = frameOf(context, c).texts.cart;
      const text = {
        over_limit: () => refused.over_limit('limit' in result ? result.limit : 0),
        sold_out: () => refused.sold_out('left' in result ? result.left : 0),
        unavailable: () => refused.unavailable,
      }[result.kind]();
      return showCart(context, c, cart, { kind: 'warn', texts: [text] });
    })
    .post('/c/:token/waiting', async (c) => {
      const cart = await cartOf(context, c);
      if (!cart) return oldLink(context, c);
      const form = await readForm(c, z.object({ sku }));
      if (form) await stopWaiting(context, cart.id, form.sku);
      return c.redirect(pathOf(c), 303);
    })
    .post('/c/:token/checkout', async (c) => {
      const cart = await cartOf(context, c);
      if (!cart) return oldLink(context, c);
      const frame = frameOf(context, c);
      const form = await readForm(c, checkout);
      if (!form) return c.redirect(pathOf(c), 303);
      const result = await openCheckout(context, cart.id, form.total, {
        returnUrl: `${config.PUBLIC_URL}${pathOf(c)}`,
        shippingLabel: frame.texts.cart.shipping,
      });
      if (result.kind === 'pay') return c.redirect(result.url, 303);
      if (result.kind === 'paid' || result.kind === 'empty') return c.redirect(pathOf(c), 303);
      const now = await readCart(db, cart.id);
      return now ? showChanged(context, c, now, form.total, result.kind) : oldLink(context, c);
    });
}

const pathOf = (c: Request): string => `/c/${c.req.param('token')}`;

/** The cart of the request's link. From now on the pages speak its shopper's language. */
async function cartOf({ db, now }: Context, c: Request): Promise<Cart | undefined> {
  const cart_id = await cartOfLink(db, hashToken(c.req.param('token') ?? ''), now());
  const cart = cart_id === undefined ? undefined : await readCart(db, cart_id);
  if (cart) noteWishes(c, await languagesOf(db, cart));
  return cart;
}

function oldLink(context: Context, c: Request) {
  const frame = frameOf(context, c);
  return c.html(
    noticePage(frame, frame.texts.cart.oldLink, { href: '/cart', text: frame.texts.lost.title }),
    404,
  );
}

function merchantOf({ db }: Context, cart: Cart): Promise<Merchant> {
  return db.selectFrom('merchants').selectAll().where('id', '=', cart.merchant_id).executeTakeFirstOrThrow();
}

async function showCart(context: Context, c: Request, cart: Cart, notice?: CartPageProps['notice']) {
  const merchant = await merchantOf(context, cart);
  const questions = await questionsOf(context, cart);
  const waiting = await waitingOf(context.db, cart);
  const outcomes = await outcomesOf(
    context.db,
    cart.lines.flatMap(({ post_id }) => post_id ?? []),
  );
  const reasons = new Map([...outcomes].map(([post_id, { detail }]) => [post_id, detail]));
  return c.html(
    cartPage(frameOf(context, c), {
      path: pathOf(c),
      cart,
      merchant,
      questions,
      waiting,
      reasons,
      now: context.now(),
      notice,
    }),
  );
}

/** The cart as it is now, with what is different from what the shopper had before their eyes. */
async function showChanged(
  context: Context,
  c: Request,
  cart: Cart,
  shown: number,
  kind: 'changed' | 'unavailable',
) {
  const merchant = await merchantOf(context, cart);
  const { changed } = frameOf(context, c).texts.cart;
  const { total } = totalsOf(cart.lines, merchant.shipping);
  const money = (amount: number): string => formatMoney(amount, cart.currency, merchant.locale);
  const texts = [changed.text, ...(total === shown ? [] : [changed.totals(money(shown), money(total))])];
  if (kind === 'unavailable') texts.push(changed.unavailable);
  return showCart(context, c, cart, { kind: 'warn', title: changed.title, texts });
}

async function showPayment(
  context: Context,
  c: Request,
  cart: Cart,
  sight: Exclude<CheckoutSight, { kind: 'open' }>,
) {
  if (sight.kind === 'waiting') {
    // The news may have been lost on the way: ask Stripe.
    await context.queues.add('record-payment', { session_id: sight.session_id });
    c.header('refresh', LOOK_AGAIN);
  }
  return c.html(paidPage(frameOf(context, c), sight, await merchantOf(context, cart)));
}

/** What replies have left open, as choices to tap. */
async function questionsOf({ db }: Context, cart: Cart): Promise<Question[]> {
  const open = await openQuestions(db, cart);
  if (open.length === 0) return [];
  const choices = await choicesOf(db, cart.merchant_id, [
    ...new Set(open.flatMap((question) => question.product_skus)),
  ]);
  const products = new Map(choices.map((choice) => [choice.product_sku, choice.title]));
  return [...products].map(([product_sku, title]) => ({
    title,
    choices: choices
      .filter((choice) => choice.product_sku === product_sku)
      .map(({ sku, choice, price, available }) => ({
        sku,
        price,
        available,
        label: choice.join(', ') || title,
      })),
  }));
}
