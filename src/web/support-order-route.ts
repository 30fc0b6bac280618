import type { Context as Request } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { type OrderFacts, readOrderFacts } from '../db/order-facts.ts';
import type { Staff } from '../db/staff.ts';
import { PermanentError } from '../errors.ts';
import { noticePage } from '../views/page.tsx';
import type { Done } from '../views/support-order.tsx';
import { frameOf } from './frame.ts';

export type Signed = { Variables: { staff: Staff } };

export const orderId = z.string().regex(/^[1-9]\d{0,17}$/);
/** Why staff do something; it is recorded. */
export const reason = z.string().trim().min(5).max(300);

/** Viewers may look only. */
export const mayChangeOrders = (c: Request<Signed>): boolean => c.get('staff').role !== 'viewer';

/** Leads back to the order's page, which says what was done, if something was. */
type Back = (done?: Done) => Response;

/** Something that is done with an order, by who may: viewers are led back. Why it cannot be done is said on a page. */
export const orderRoute =
  (context: Context) =>
  (title: string, answer: (c: Request<Signed>, found: OrderFacts, back: Back) => Promise<Response>) =>
  async (c: Request<Signed>): Promise<Response> => {
    const id = orderId.safeParse(c.req.param('id')).data;
    const found = id && (await readOrderFacts(context.db, id));
    if (!found) return c.notFound() as Response;
    const path = `/support/orders/${found.order.id}`;
    const back: Back = (done) => c.redirect(done ? `${path}?done=${done}` : path, 303);
    if (!mayChangeOrders(c)) return back();
    try {
      return await answer(c, found, back);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      const notice = { title, text: error.message };
      return c.html(
        noticePage(frameOf(context, c), notice, { href: path, text: `Order ${found.order.id}` }),
        409,
      ) as Response;
    }
  };
