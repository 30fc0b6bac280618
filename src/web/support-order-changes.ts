import { Hono } from 'hono';
import { z } from 'zod';
import { cancelOrder } from '../actions/cancel-order.ts';
import { shipOrder } from '../actions/ship-order.ts';
import { swapLine } from '../actions/swap-line.ts';
import type { Context } from '../context.ts';
import { PermanentError } from '../errors.ts';
import { cancelOrderPage } from '../views/support-order-changes.tsx';
import { staffRefusals } from '../views/support-texts.ts';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';
import { parcel } from './merchant-orders.ts';
import { orderRoute, reason, type Signed } from './support-order-route.ts';

const cancelling = z.object({ reason });
const swapping = z.object({ from: z.string().max(200), to: z.string().max(200) });

/** Staff cancel an order, swap an option, or note that it is on its way: by the same actions as shoppers and merchants. */
export function supportChangeRoutes(context: Context): Hono<Signed> {
  const route = orderRoute(context);
  return new Hono<Signed>()
    .get(
      '/support/orders/:id/cancel',
      route('Nothing was cancelled', async (c, found, back) => {
        const given = cancelling.safeParse(c.req.query()).data;
        return given ? c.html(cancelOrderPage(frameOf(context, c), { ...found, ...given })) : back();
      }),
    )
    .post(
      '/support/orders/:id/cancel',
      route('Nothing was cancelled', async (c, { order }, back) => {
        const form = await readForm(c, cancelling);
        if (!form) return back();
        const result = await cancelOrder(context, order.id, c.get('staff').email, form.reason);
        if (result.kind === 'refused') throw new PermanentError(staffRefusals.cancel[result.why]);
        return back('cancel');
      }),
    )
    .post(
      '/support/orders/:id/swap',
      route('Nothing was swapped', async (c, { order }, back) => {
        const form = await readForm(c, swapping);
        if (!form) return back();
        const result = await swapLine(context, order.id, form, c.get('staff').email);
        if (result.kind === 'refused') throw new PermanentError(staffRefusals.swap[result.why]);
        return back('swap');
      }),
    )
    .post(
      '/support/orders/:id/ship',
      route('Nothing was noted', async (c, { order }, back) => {
        const form = await readForm(c, parcel);
        if (!form) return back();
        const { carrier, tracking } = form;
        await shipOrder(context, order.id, { carrier, tracking, by: c.get('staff').email });
        return back('ship');
      }),
    );
}
