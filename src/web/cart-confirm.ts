import { Hono } from 'hono';
import { z } from 'zod';
import { emptyCart, keepOnly } from '../actions/take-out.ts';
import type { Context } from '../context.ts';
import { merchantOf } from '../db/merchants.ts';
import { choiceOf } from '../db/questions.ts';
import { readAmount } from '../domain/amount-text.ts';
import { mayGive, whyNotForSale } from '../domain/cart.ts';
import { formatMoney } from '../domain/currency.ts';
import { choosePage, emptyPage, givePage, onlyPage } from '../views/cart-confirm.tsx';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { type OpenedCart, oldLink, openedCart } from './open-cart.ts';

const sku = z.string().max(200);
const choice = z.object({
  sku,
  quantity: z.coerce.number().int().min(1).max(9999).optional().catch(undefined),
  amount: z.string().max(20).optional().catch(undefined),
});

/** The answers that mails offer: looking at them changes nothing, the button on their page does. */
export function cartConfirmRoutes(context: Context): Hono {
  return new Hono()
    .get('/c/:token/choose', async (c) => {
      const opened = await openedCart(context, c);
      if (!opened) return oldLink(context, c);
      const wanted = choice.safeParse(c.req.query()).data;
      const gift = wanted && (await giveProps(context, opened, wanted));
      if (gift) return c.html(givePage(frameOf(context, c), gift));
      const page = wanted && (await chooseProps(context, opened, wanted));
      return page ? c.html(choosePage(frameOf(context, c), page)) : c.redirect(opened.path, 303);
    })
    .get('/c/:token/only', async (c) => {
      const opened = await openedCart(context, c);
      if (!opened) return oldLink(context, c);
      const { cart, path } = opened;
      const kept = cart.lines.find((line) => line.sku === c.req.query('sku'));
      const lines = cart.lines.filter((line) => line.product_sku === kept?.product_sku);
      if (!kept || lines.length < 2 || cart.status !== 'open') return c.redirect(path, 303);
      return c.html(onlyPage(frameOf(context, c), path, kept, lines));
    })
    .post('/c/:token/only', async (c) => {
      const opened = await openedCart(context, c);
      if (!opened) return oldLink(context, c);
      const form = await readForm(c, z.object({ sku }));
      if (form) await keepOnly(context, opened.cart.id, form.sku);
      return c.redirect(opened.path, 303);
    })
    .get('/c/:token/empty', async (c) => {
      const opened = await openedCart(context, c);
      if (!opened) return oldLink(context, c);
      const { cart, path } = opened;
      if (cart.lines.length === 0 || cart.status !== 'open') return c.redirect(path, 303);
      const { name } = await merchantOf(context.db, cart);
      return c.html(emptyPage(frameOf(context, c), path, name, cart.lines));
    })
    .post('/c/:token/empty', async (c) => {
      const opened = await openedCart(context, c);
      if (!opened) return oldLink(context, c);
      await emptyCart(context, opened.cart.id);
      return c.redirect(opened.path, 303);
    });
}

/** Of what is given: how much. `undefined`: it is no donation. */
async function giveProps(
  context: Context,
  { cart, path }: OpenedCart,
  { sku, amount: said }: z.infer<typeof choice>,
): Promise<Parameters<typeof givePage>[1] | undefined> {
  const found = cart.status === 'open' ? await choiceOf(context.db, cart, sku) : undefined;
  if (!found?.donation) return undefined;
  const { title, donation } = found;
  const amount = said === undefined ? undefined : readAmount(said, cart.currency);
  return {
    ...{ path, sku, title, donation, currency: cart.currency },
    locale: (await merchantOf(context.db, cart)).locale,
    amount: amount !== undefined && mayGive(donation, amount) ? amount : undefined,
    closed: whyNotForSale(found, context.now()) !== undefined,
  };
}

async function chooseProps(
  context: Context,
  { cart, path }: OpenedCart,
  { sku, quantity }: z.infer<typeof choice>,
): Promise<Parameters<typeof choosePage>[1] | undefined> {
  const found = cart.status === 'open' ? await choiceOf(context.db, cart, sku) : undefined;
  if (!found) return undefined;
  const { locale } = await merchantOf(context.db, cart);
  const line = cart.lines.find((each) => each.sku === sku);
  const state =
    line && (quantity === undefined || line.quantity === quantity)
      ? 'there'
      : whyNotForSale(found, context.now())
        ? 'closed'
        : found.available === 0
          ? 'soldOut'
          : 'free';
  const title = found.choice.length > 0 ? `${found.title} (${found.choice.join(', ')})` : found.title;
  return {
    path,
    sku,
    title,
    quantity: quantity ?? 1,
    state,
    price: formatMoney(found.price, cart.currency, locale),
  };
}
