import { needsShipping } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import type { OrderToSend } from '../domain/order.ts';
import { addressLines } from './address.ts';
import { type Frame, Note, renderPage } from './page.tsx';
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
              {order.lines
                .filter((line) => needsShipping([line]))
                .map((line) => (
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
            <form method="post" action={`/m/${merchant.id}/orders`}>
              <input type="hidden" name="order" value={order.id} />
              <label>
                {t.carrier}
                <input name="carrier" maxlength={60} autocomplete="off" />
              </label>
              <label>
                {t.tracking}
                <input name="tracking" maxlength={300} autocomplete="off" />
              </label>
              <button type="submit" aria-label={t.buttonOf(order.id)}>
                {t.button}
              </button>
            </form>
          </article>
        ))}
        <p class="small soft">{t.note}</p>
      </>
    ),
  });
}
