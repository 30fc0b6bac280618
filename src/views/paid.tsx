import type { Selectable } from 'kysely';
import type { Order } from '../db/schema.ts';
import { isGift, type PricedLine } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { formatMoney, formatTotal } from '../domain/currency.ts';
import { lineName } from './mail-blocks.ts';
import { MerchantLine } from './merchant-line.tsx';
import { Delivery, type DeliveryProps } from './order-delivery.tsx';
import { type Frame, Note, renderPage } from './page.tsx';

export type PaidState =
  | ({
      kind: 'ordered';
      order: Selectable<Order>;
      lines: PricedLine[];
    } & Pick<DeliveryProps, 'downloads' | 'vouchers'>)
  | { kind: 'refunded'; amount: number; currency: string }
  | { kind: 'waiting' }
  | { kind: 'processing' };

/**
 * The cart page once a payment was begun: the truth from our own books, whatever Stripe's page said.
 *
 * @param given the path of the cart's page, and what the order's downloads are shown by
 */
export function paidPage(
  frame: Frame,
  state: PaidState,
  merchant: Merchant,
  { path, ...given }: { path: string } & Pick<DeliveryProps, 'now' | 'download'>,
): string {
  const { cart: t, connect } = frame.texts;
  const late = frame.texts.after.processing;
  const currency = 'order' in state ? state.order.currency : merchant.currency;
  const money = (amount: number): string => formatMoney(amount, currency, merchant.locale);
  const taxOf = (order: Selectable<Order>): number => order.tax + order.tax_included;
  const thanks =
    state.kind === 'ordered' && isGift(state.lines) ? frame.texts.donation.paidTitle : t.paidTitle;
  const title = {
    ordered: thanks,
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
                <li>{lineName(line)}</li>
              ))}
            </ul>
            <p>
              {t.total}: {formatTotal(state.order.total, currency, merchant.locale)}
              {taxOf(state.order) > 0 && (
                <span class="small soft">
                  {' '}
                  ({state.order.tax > 0 ? connect.tax : connect.taxIncluded}: {money(taxOf(state.order))})
                </span>
              )}
            </p>
            <Delivery {...state} {...given} merchant={merchant} texts={frame.texts} />
          </>
        )}
        <MerchantLine
          merchant={merchant}
          gift={state.kind === 'ordered' && isGift(state.lines)}
          texts={frame.texts}
        />
      </>
    ),
  });
}
