import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { shipOrder } from '../actions/ship-order.ts';
import type { Context } from '../context.ts';
import { ordersToSend } from '../db/orders-to-send.ts';
import type { Merchant } from '../domain/catalog.ts';
import { PermanentError } from '../errors.ts';
import { type Shipped, shipPage } from '../views/merchant-orders.tsx';
import { readForm } from './forms.ts';
import { frameOf } from './frame.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((given) => given || null);
/** What a form says of an order that is on its way. */
export const parcel = z.object({
  order: z.string().regex(/^[1-9]\d{0,17}$/),
  carrier: text(60),
  tracking: text(300),
});

/**
 * The orders that a merchant has to send, and that they are on their way.
 *
 * @param signedIn the merchant whose browser this is, as their sign-in has shown
 */
export function merchantOrderRoutes(
  context: Context,
  signedIn: (c: Request) => Promise<Merchant | undefined>,
): Hono {
  const { db } = context;
  const show = async (c: Request, merchant: Merchant, shipped?: Shipped): Promise<Response> => {
    const orders = await ordersToSend(db, merchant.id, { limit: MOST });
    return c.html(shipPage(frameOf(context, c), { merchant, orders, shipped })) as Response;
  };
  const withMerchant =
    (answer: (c: Request, merchant: Merchant) => Promise<Response>) =>
    async (c: Request): Promise<Response> => {
      const merchant = await signedIn(c);
      return merchant ? answer(c, merchant) : c.redirect(`/m/${c.req.param('merchant')}/sign-in`, 303);
    };
  return new Hono()
    .get(
      '/m/:merchant/orders',
      withMerchant((c, merchant) => show(c, merchant)),
    )
    .post(
      '/m/:merchant/orders',
      withMerchant(async (c, merchant) => {
        const form = await readForm(c, parcel);
        if (!form) return c.redirect(`/m/${merchant.id}/orders`, 303);
        const { order: order_id, carrier, tracking } = form;
        const own = await ordersToSend(db, merchant.id, { order_id, limit: 1 });
        if (own.length === 0) return show(c, merchant, { order_id, done: false });
        try {
          await shipOrder(context, order_id, { carrier, tracking, by: `@${merchant.username} (merchant)` });
        } catch (error) {
          if (!(error instanceof PermanentError)) throw error;
          return show(c, merchant, { order_id, done: false });
        }
        return show(c, merchant, { order_id, done: true });
      }),
    );
}

/** Orders on the page. */
const MOST = 100;
