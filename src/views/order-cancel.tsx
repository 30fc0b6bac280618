import type { Selectable } from 'kysely';
import type { Order, OrderLine } from '../db/schema.ts';
import type { Merchant } from '../domain/catalog.ts';
import { formatMoney } from '../domain/currency.ts';
import { type Frame, renderPage } from './page.tsx';

/** Asks once more before an order is cancelled. */
export function cancelPage(
  frame: Frame,
  {
    page: { order, lines, left },
    merchant,
    path,
  }: {
    page: { order: Selectable<Order>; lines: Array<Selectable<OrderLine>>; left: number };
    merchant: Merchant;
    path: string;
  },
): string {
  const t = frame.texts.after.cancel;
  const title = t.title(order.id);
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <ul>
          {lines.map((line) => (
            <li>
              {line.quantity} × {line.title}
            </li>
          ))}
        </ul>
        <p>{t.text(formatMoney(left, order.currency, merchant.locale))}</p>
        <form method="post" action={`${path}/cancel`}>
          <button type="submit">{t.button}</button>
        </form>
        <p>
          <a href={path}>{t.keep}</a>
        </p>
      </>
    ),
  });
}
