import { Hono, type Context as Request } from 'hono';
import { z } from 'zod';
import { cancelOrder } from '../actions/cancel-order.ts';
import { swapLine } from '../actions/swap-line.ts';
import { downloadPath } from '../actions/take-download.ts';
import type { Context } from '../context.ts';
import { hashToken } from '../crypto.ts';
import { languagesOf } from '../db/carts.ts';
import { merchantOf } from '../db/merchants.ts';
import { orderOfLink } from '../db/order-links.ts';
import { type OrderPage, readOrderPage } from '../db/order-page.ts';
import { whyNotCancelled } from '../domain/cancelling.ts';
import type { Merchant } from '../domain/catalog.ts';
import { type OrderNotice, orderPage } from '../views/order.tsx';
import { cancelPage } from '../views/order-cancel.tsx';
import { noticePage } from '../views/page.tsx';
import { readForm } from './forms.ts';
import { frameOf, noteWishes } from './frame.ts';

interface Opened {
  page: OrderPage;
  merchant: Merchant;
  path: string;
}

const sku = z.string().max(200);

/** An order's page, which the link in its receipt opens. Looking at it changes nothing: mail scanners follow links, too. */
export function orderRoutes(context: Context): Hono {
  const download = (id: string): string => downloadPath(context.keys, id);
  const withOrder =
    (answer: (c: Request, opened: Opened) => Promise<Response> | Response) =>
    async (c: Request): Promise<Response> => {
      const opened = await openOrder(context, c);
      return opened ? answer(c, opened) : oldLink(context, c);
    };
  const show = async (c: Request, { path }: Opened, notice: OrderNotice) => {
    const opened = await openOrder(context, c);
    if (!opened) return oldLink(context, c);
    return c.html(orderPage(frameOf(context, c), { ...opened, path, notice, now: context.now(), download }));
  };
  return new Hono()
    .get(
      '/o/:token',
      withOrder((c, opened) =>
        c.html(orderPage(frameOf(context, c), { ...opened, now: context.now(), download })),
      ),
    )
    .get(
      '/o/:token/cancel',
      withOrder((c, opened) => {
        const why = whyNotCancelled(opened.page.facts, 'shopper', context.now());
        if (why) return show(c, opened, { kind: 'not_cancelled', why });
        return c.html(cancelPage(frameOf(context, c), opened));
      }),
    )
    .post(
      '/o/:token/cancel',
      withOrder(async (c, opened) => {
        const result = await cancelOrder(context, opened.page.order.id);
        return show(
          c,
          opened,
          result.kind === 'cancelled' ? { kind: 'cancelled' } : { kind: 'not_cancelled', why: result.why },
        );
      }),
    )
    .post(
      '/o/:token/swap',
      withOrder(async (c, opened) => {
        const form = await readForm(c, z.object({ from: sku, to: sku }));
        if (!form) return c.redirect(opened.path, 303);
        const result = await swapLine(context, opened.page.order.id, form);
        return show(
          c,
          opened,
          result.kind === 'swapped' ? { kind: 'swapped' } : { kind: 'not_swapped', why: result.why },
        );
      }),
    )
    .all(
      '/o/:token/:rest{.*}',
      withOrder((c, { path }) => c.redirect(path, 303)),
    );
}

/** From now on the pages speak the language of the order's shopper. */
async function openOrder({ db, now }: Context, c: Request): Promise<Opened | undefined> {
  const token = c.req.param('token') ?? '';
  const order_id = await orderOfLink(db, hashToken(token), now());
  const page = order_id && (await readOrderPage(db, order_id));
  if (!page) return undefined;
  noteWishes(c, await languagesOf(db, page.order));
  const merchant = await merchantOf(db, page.order);
  return { page, merchant, path: `/o/${token}` };
}

/** What every link gets that opens no order: nobody learns whether it ever did. */
function oldLink(context: Context, c: Request): Response {
  const frame = frameOf(context, c);
  const { button, ...notice } = frame.texts.after.order.oldLink;
  return c.html(noticePage(frame, notice, { href: '/me', text: button }), 404) as Response;
}
