import { formatMoney } from '../domain/currency.ts';
import { whyEnded } from '../domain/download.ts';
import { voucherState } from '../domain/voucher-state.ts';
import type { OrderPageProps } from './order.tsx';
import { type Later, laterTexts } from './order-later.ts';
import { type Frame, Note, renderPage } from './page.tsx';
import { OrderChanges } from './support-order-changes.tsx';
import { supportNav, Time } from './support-parts.tsx';
import { RefundForm } from './support-refund.tsx';

/** What staff have done a moment ago, by the word in the page's address. */
const DONE = {
  refund: 'The refund is noted and on its way to Stripe.',
  cancel: 'The order is cancelled. The refund is noted and on its way to Stripe.',
  swap: 'Swapped. Shopper and merchant hear of it.',
  ship: 'Noted that it is on its way.',
};
export type Done = keyof typeof DONE;
export const isDone = (word: string | undefined): word is Done => Object.hasOwn(DONE, word ?? '');

export interface SupportOrderProps {
  page: OrderPageProps['page'] & { left: number };
  later: Later;
  /** What viewers may not. */
  mayChange: boolean;
  done: Done | undefined;
  now: Date;
}

/** An order, for staff, in English: what it is, what became of it, and what may be done with it. */
export function supportOrderPage(
  frame: Frame,
  { page, later, mayChange, done, now }: SupportOrderProps,
): string {
  const { order, lines, left } = page;
  const money = (amount: number): string => formatMoney(amount, order.currency, 'en');
  const title = `Order ${order.id}`;
  return renderPage({
    frame,
    wide: true,
    nav: supportNav,
    title,
    children: (
      <>
        <h1>
          {title} <span class="tag">{order.status}</span>
        </h1>
        {done && <Note>{DONE[done]}</Note>}
        <dl class="facts card">
          <dt>Merchant</dt>
          <dd>{order.merchant_id}</dd>
          <dt>Shopper</dt>
          <dd>
            <a href={`/support/shoppers/${order.shopper_id}`}>{order.shopper_id}</a>
          </dd>
          <dt>Total</dt>
          <dd>
            {money(order.total)}, of which shipping {money(order.shipping)}; {money(left)} can be given back
          </dd>
          <dt>Payment</dt>
          <dd>{order.payment_id}</dd>
        </dl>
        <ul>
          {lines.map((line) => (
            <li>
              {line.quantity} × {line.title} ({line.sku}), {money(line.price)} each
              {line.given_back > 0 && `; ${line.given_back} given back`}
            </li>
          ))}
        </ul>
        <Delivered page={page} now={now} />
        <h2>What happened</h2>
        <ol class="timeline">
          <li>
            <Time at={order.created_at} /> paid
          </li>
          {laterTexts(order, later).map(({ at, text }) => (
            <li>
              <Time at={at} /> {text}
            </li>
          ))}
        </ol>
        {mayChange && <OrderChanges {...page} now={now} />}
        {mayChange && left > 0 && <RefundForm {...page} />}
      </>
    ),
  });
}

/** How the downloads and codes of an order stand. */
function Delivered({ page: { downloads, vouchers }, now }: Pick<SupportOrderProps, 'page' | 'now'>) {
  if (downloads.length + vouchers.length === 0) return null;
  return (
    <>
      <h2>Downloads and codes</h2>
      <ul>
        {downloads.map((each) => (
          <li>
            {each.title}: downloaded {each.uses.length} of {each.allowed} times
            <span class="soft">
              {' ('}
              {whyEnded(each, now)?.replace('_', ' ') ?? (
                <>
                  until <Time at={each.expires_at} />
                </>
              )}
              )
            </span>
          </li>
        ))}
        {vouchers.map((each) => (
          <li>
            Code {each.piece} of {each.quantity} for {each.title}: {voucherState(each).text}
          </li>
        ))}
      </ul>
    </>
  );
}
