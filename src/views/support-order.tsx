import type { Selectable } from 'kysely';
import type { Dispute, Order, OrderLine } from '../db/schema.ts';
import { formatMoney } from '../domain/currency.ts';
import { disputeText, type Later, laterTexts } from './order-later.ts';
import { type Frame, Note, renderPage } from './page.tsx';
import { supportNav, Time } from './support-parts.tsx';

export interface SupportOrderProps {
  order: Selectable<Order>;
  lines: Array<Selectable<OrderLine>>;
  /** Of its payment, in minor units: what can be given back. */
  left: number;
  later: Later;
  mayRefund: boolean;
  done: boolean;
}

/** An order, for staff, in English: what it is, what became of it, and giving its money back. */
export function supportOrderPage(frame: Frame, props: SupportOrderProps): string {
  const { order, lines, left, later, mayRefund, done } = props;
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
        {done && <Note>The refund is noted and on its way to Stripe.</Note>}
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
            </li>
          ))}
        </ul>
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
        {mayRefund && left > 0 && (
          <section class="card" aria-labelledby="refund">
            <h2 id="refund">Give money back</h2>
            <form method="get" action={`/support/orders/${order.id}/refund`}>
              <label>
                Amount, as 5.00; empty: {money(left)}, all that is left
                <input name="amount" inputmode="decimal" maxlength={20} />
              </label>
              <label>
                Because
                <input name="reason" required minlength={5} maxlength={300} placeholder="this is recorded" />
              </label>
              <label>
                <input type="checkbox" name="restock" value="1" /> The pieces can be sold again, once all is
                given back
              </label>
              <button type="submit">Go on …</button>
            </form>
          </section>
        )}
      </>
    ),
  });
}

export interface RefundPageProps {
  order: Selectable<Order>;
  amount: number;
  currency: string;
  left: number;
  /** As it was typed. */
  wanted: string;
  reason: string;
  restock: boolean;
  /** Those that are open. */
  disputes: Array<Selectable<Dispute>>;
}

/** Asks once more before money is given back. */
export function refundPage(frame: Frame, props: RefundPageProps): string {
  const { order, amount, currency, left, wanted, reason, restock, disputes } = props;
  const money = formatMoney(amount, currency, 'en');
  const title = `Give ${money} of order ${order.id} back?`;
  return renderPage({
    frame,
    nav: supportNav,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <p>
          Because: {reason}
          {restock && '. The pieces can be sold again, once all is given back.'}
        </p>
        <form method="post" action={`/support/orders/${order.id}/refund`}>
          <input type="hidden" name="amount" value={wanted} />
          <input type="hidden" name="reason" value={reason} />
          <input type="hidden" name="left" value={String(left)} />
          {restock && <input type="hidden" name="restock" value="1" />}
          {disputes.length > 0 && (
            <Note kind="bad">
              <p>A bank disputes this payment, and may give it back by itself: it would go back twice.</p>
              <ul>
                {disputes.map((dispute) => (
                  <li>{disputeText(dispute)}</li>
                ))}
              </ul>
              <label>
                <input type="checkbox" name="despite" value="1" required /> Give it back all the same
              </label>
            </Note>
          )}
          <button type="submit">Yes, give {money} back</button>
        </form>
        <p>
          <a href={`/support/orders/${order.id}`}>No, go back</a>
        </p>
      </>
    ),
  });
}
