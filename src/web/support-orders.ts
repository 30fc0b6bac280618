import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { planRefund, refundOrder } from '../actions/refund-order.ts';
import type { Context } from '../context.ts';
import { readOrderFacts } from '../db/order-facts.ts';
import { readLater } from '../db/order-later.ts';
import type { Staff } from '../db/staff.ts';
import { parsePrice } from '../domain/currency.ts';
import { isOpenDispute } from '../domain/dispute.ts';
import { PermanentError } from '../errors.ts';
import { noticePage } from '../views/page.tsx';
import { refundPage, supportOrderPage } from '../views/support-order.tsx';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';

export type Signed = { Variables: { staff: Staff } };

const orderId = z.string().regex(/^[1-9]\d{0,17}$/);
const wish = z.object({
  /** As "5.00"; empty: all that is left. */
  amount: z.string().trim().max(20).default(''),
  reason: z.string().trim().min(5).max(300),
  restock: z.string().optional(),
});
/** The confirmed wish, and what was left when it was: a form that is sent twice gives back once. */
const confirmed = wish.extend({ left: z.coerce.number().int(), despite: z.string().optional() });

/** An order, for staff, and giving its money back: asked for here, confirmed on a page of its own, recorded with the reason. */
export function supportOrderRoutes(context: Context): Hono<Signed> {
  const { db } = context;
  const findOrder = async (c: Request) => {
    const id = orderId.safeParse(c.req.param('id')).data;
    return id ? readOrderFacts(db, id) : undefined;
  };
  const mayRefund = (c: Request<Signed>): boolean => c.get('staff').role !== 'viewer';
  return new Hono<Signed>()
    .get('/support/orders/:id', async (c) => {
      const found = await findOrder(c);
      if (!found) return c.notFound();
      const later = await readLater(db, found.order);
      const done = c.req.query('done') !== undefined;
      return c.html(
        supportOrderPage(frameOf(context, c), { ...found, later, mayRefund: mayRefund(c), done }),
      );
    })
    .get('/support/orders/:id/refund', async (c) => {
      const found = await findOrder(c);
      const given = wish.safeParse(c.req.query()).data;
      if (!found) return c.notFound();
      const { order } = found;
      if (!given || !mayRefund(c)) return c.redirect(`/support/orders/${order.id}`, 303);
      return answering(context, c, order.id, async () => {
        const planned = await planRefund(db, order.id, amountOf(given.amount, order.currency));
        const { disputes } = await readLater(db, order);
        const open = disputes.filter(({ status }) => isOpenDispute(status));
        return c.html(
          refundPage(frameOf(context, c), {
            order,
            ...planned,
            wanted: given.amount,
            reason: given.reason,
            restock: given.restock !== undefined,
            disputes: open,
          }),
        );
      });
    })
    .post('/support/orders/:id/refund', async (c) => {
      const found = await findOrder(c);
      const given = await readForm(c, confirmed);
      if (!found) return c.notFound();
      const { order } = found;
      if (!given || !mayRefund(c)) return c.redirect(`/support/orders/${order.id}`, 303);
      return answering(context, c, order.id, async () => {
        await refundOrder(context, order.id, {
          amount: amountOf(given.amount, order.currency),
          restock: given.restock !== undefined,
          by: c.get('staff').email,
          why: given.reason,
          despiteDispute: given.despite !== undefined,
          shownLeft: given.left,
        });
        return c.redirect(`/support/orders/${order.id}?done`, 303);
      });
    });
}

/** @throws PermanentError where it is no amount of the currency */
function amountOf(text: string, currency: string): number | undefined {
  if (text === '') return undefined;
  const amount = parsePrice(text, currency);
  if (amount === undefined) throw new PermanentError(`${text} is no amount of ${currency}: write it as 5.00`);
  return amount;
}

/** Says why something cannot be done, where that is so. */
async function answering(
  context: Context,
  c: Request,
  order_id: string,
  answer: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    const back = { href: `/support/orders/${order_id}`, text: `Order ${order_id}` };
    return c.html(
      noticePage(frameOf(context, c), { title: 'Nothing was given back', text: error.message }, back),
      409,
    ) as Response;
  }
}
