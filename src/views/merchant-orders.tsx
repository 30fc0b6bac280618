import type { Merchant } from '../domain/catalog.ts';
import type { OrderToSend } from '../domain/order.ts';
import { addressLines } from './address.ts';
import { type Frame, Note, renderPage } from './page.tsx';
import { ParcelForm } from './parcel-form.tsx';
import { timeText } from './time-text.ts';

/** What became of the order that the page has just sent. */
export interface Shipped {
  order_id: string;
  done: boolean;
}

/** A merchant's orders that wait to be sent: what, where to, and a form for each. */
export function shipPage(
  frame: Frame,
  { merchant, orders, shipped }: { merchant: Merchant; orders: OrderToSend[]; shipped?: Shipped | undefined },
): string {
  const { texts } = frame;
  const t = texts.after.ship;
  const title = t.title(merchant.name);
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {shipped && (
          <Note kind={shipped.done ? 'good' : 'bad'}>
            {shipped.done ? t.done(shipped.order_id) : t.refused(shipped.order_id)}
          </Note>
        )}
        {orders.length === 0 && <p>{t.none}</p>}
        {orders.map((order) => (
          <article class="card">
            <h2>{texts.after.order.title(order.id)}</h2>
            <p class="small soft">{timeText(order.created_at, merchant, texts)}</p>
            <ul>
              {order.lines.map((line) => (
                <li>
                  {line.quantity} × {line.sku} ({line.title})
                </li>
              ))}
            </ul>
            <address>
              {addressLines(order.ship_to).map((line) => (
                <>
                  {line}
                  <br />
                </>
              ))}
            </address>
            <ParcelForm action={`/m/${merchant.id}/orders`} order={order} texts={texts} />
          </article>
        ))}
        <p class="small soft">{t.note}</p>
      </>
    ),
  });
}
