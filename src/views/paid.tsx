import type { Selectable } from 'kysely';
import type { Order } from '../db/schema.ts';
import type { Merchant } from '../domain/catalog.ts';
import { formatMoney } from '../domain/currency.ts';
import { type Frame, Note, renderPage } from './page.tsx';

export type PaidState =
  | { kind: 'ordered'; order: Selectable<Order>; lines: Array<{ title: string; quantity: number }> }
  | { kind: 'refunded'; amount: number; currency: string }
  | { kind: 'waiting' }
  | { kind: 'processing' };

/**
 * The cart page once a payment was begun: the truth from our own books, whatever Stripe's page said.
 *
 * @param path of the cart's page
 */
export function paidPage(frame: Frame, state: PaidState, merchant: Merchant, path: string): string {
  const { cart: t, connect } = frame.texts;
  const late = frame.texts.after.processing;
  const currency = 'order' in state ? state.order.currency : merchant.currency;
  const money = (amount: number): string => formatMoney(amount, currency, merchant.locale);
  const taxOf = (order: Selectable<Order>): number => order.tax + order.tax_included;
  const title = {
    ordered: t.paidTitle,
    refunded: t.refundedTitle,
    waiting: t.waitingTitle,
    processing: late.title,
  }[state.kind];
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {state.kind === 'waiting' && <p aria-busy="true">{t.waiting}</p>}
        {state.kind === 'processing' && (
          <>
            <p>{late.text}</p>
            <p>
              <a href={path}>{late.cart}</a>
            </p>
          </>
        )}
        {state.kind === 'refunded' && (
          <p>{t.refunded(formatMoney(state.amount, state.currency, merchant.locale))}</p>
        )}
        {state.kind === 'ordered' && (
          <>
            <Note>
              <p>{t.paid(state.order.id, merchant.name)}</p>
            </Note>
            <ul>
              {state.lines.map((line) => (
                <li>
                  {line.quantity} × {line.title}
                </li>
              ))}
            </ul>
            <p>
              {t.total}: {money(state.order.total)}
              {taxOf(state.order) > 0 && (
                <span class="small soft">
                  {' '}
                  ({state.order.tax > 0 ? connect.tax : connect.taxIncluded}: {money(taxOf(state.order))})
                </span>
              )}
            </p>
          </>
        )}
        <p class="soft small">
          <a href={`/m/${merchant.id}`}>{t.soldBy(merchant.name)}</a>
        </p>
      </>
    ),
  });
}
