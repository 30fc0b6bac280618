import { Hono } from 'hono';
import { z } from 'zod';
import { planRefund, type RefundWish, refundOrder } from '../actions/refund-order.ts';
import type { Context } from '../context.ts';
import { readLater } from '../db/order-later.ts';
import { readOrderPage } from '../db/order-page.ts';
import { parsePrice } from '../domain/currency.ts';
import { isOpenDispute } from '../domain/dispute.ts';
import { PermanentError } from '../errors.ts';
import { isDone, supportOrderPage } from '../views/support-order.tsx';
import { pieceField, refundPage } from '../views/support-refund.tsx';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { mayChangeOrders, orderId, orderRoute, reason, type Signed } from './support-order-route.ts';

const wish = z.looseObject({
  /** As "5.00"; empty: what the pieces have cost, or all that is left. */
  amount: z.string().trim().max(20).default(''),
  reason,
  restock: z.string().optional(),
});
/** The confirmed wish, and what was left when it was: a form that is sent twice gives back once. */
const confirmed = wish.extend({ left: z.coerce.number().int(), despite: z.string().optional() });

/** An order, for staff, and giving its money back: asked for here, confirmed on a page of its own, recorded with the reason. */
export function supportOrderRoutes(context: Context): Hono<Signed> {
  const { db } = context;
  const route = orderRoute(context);
  return new Hono<Signed>()
    .get('/support/orders/:id', async (c) => {
      const id = orderId.safeParse(c.req.param('id')).data;
      const page = id && (await readOrderPage(db, id));
      if (!page) return c.notFound();
      const later = await readLater(db, page.order);
      const word = c.req.query('done');
      const done = isDone(word) ? word : undefined;
      const mayChange = mayChangeOrders(c);
      return c.html(
        supportOrderPage(frameOf(context, c), { page, later, mayChange, done, now: context.now() }),
      );
    })
    .get(
      '/support/orders/:id/refund',
      route('Nothing was given back', async (c, { order, lines }, back) => {
        const given = wish.safeParse(c.req.query()).data;
        if (!given) return back();
        const planned = await planRefund(db, order.id, wishOf(given, order.currency, lines));
        const { disputes } = await readLater(db, order);
        return c.html(
          refundPage(frameOf(context, c), {
            order,
            ...planned,
            wanted: given.amount,
            reason: given.reason,
            restock: given.restock !== undefined,
            disputes: disputes.filter(({ status }) => isOpenDispute(status)),
          }),
        );
      }),
    )
    .post(
      '/support/orders/:id/refund',
      route('Nothing was given back', async (c, { order, lines }, back) => {
        const given = await readForm(c, confirmed);
        if (!given) return back();
        await refundOrder(context, order.id, {
          ...wishOf(given, order.currency, lines),
          restock: given.restock !== undefined,
          by: c.get('staff').email,
          why: given.reason,
          despiteDispute: given.despite !== undefined,
          shownLeft: given.left,
        });
        return back('refund');
      }),
    );
}

/** @throws PermanentError where the amount is none of the currency, or a number of pieces is none */
function wishOf(
  given: { amount: string } & Record<string, unknown>,
  currency: string,
  lines: Array<{ sku: string }>,
): RefundWish {
  const amount = given.amount === '' ? undefined : parsePrice(given.amount, currency);
  if (given.amount !== '' && amount === undefined)
    throw new PermanentError(`${given.amount} is no amount of ${currency}: write it as 5.00`);
  const of = lines.flatMap(({ sku }) => {
    const typed = String(given[pieceField(sku)] ?? '').trim();
    if (!/^\d{0,9}$/.test(typed)) throw new PermanentError(`${typed} is no number of pieces`);
    return Number(typed) > 0 ? [{ sku, pieces: Number(typed) }] : [];
  });
  return { amount, of };
}
