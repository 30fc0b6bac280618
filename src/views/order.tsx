import type { Selectable } from 'kysely';
import type { Order, OrderSwap, Refund } from '../db/schema.ts';
import {
  type CancelFacts,
  cancelUntil,
  type WhyNotCancelled,
  whyNotCancelled,
  whyNotSwapped,
} from '../domain/cancelling.ts';
import { isGift, needsShipping } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { formatMoney } from '../domain/currency.ts';
import type { LineOfOrder, Pieces } from '../domain/given-back.ts';
import { addressLines } from './address.ts';
import { cancelText } from './cancel-text.ts';
import { sums } from './mail-blocks.ts';
import { MerchantLine } from './merchant-line.tsx';
import { Delivery, type DeliveryProps } from './order-delivery.tsx';
import { type SwapOption, Swaps } from './order-swap.tsx';
import { type Frame, Note, renderPage } from './page.tsx';
import type { Texts } from './texts.ts';
import { deadlineText, timeText } from './time-text.ts';

export interface OrderPageProps {
  page: {
    order: Selectable<Order>;
    lines: LineOfOrder[];
    facts: CancelFacts;
    refunds: Array<Selectable<Refund> & { lines: Pieces[] }>;
    swaps: Array<Selectable<OrderSwap>>;
    /** By the line's SKU. */
    choices: Map<string, SwapOption[]>;
  } & Pick<DeliveryProps, 'downloads' | 'vouchers'>;
  merchant: Merchant;
  /** The path of this order: forms go below it. */
  path: string;
  now: Date;
  /** The path where something is downloaded. */
  download: DeliveryProps['download'];
  notice?: OrderNotice;
}

/** What happened just now. */
export type OrderNotice =
  | { kind: 'cancelled' | 'swapped' }
  | { kind: 'not_cancelled'; why: WhyNotCancelled | 'unknown' }
  | { kind: 'not_swapped'; why: keyof Texts['after']['swap']['refused'] };

/** An order: how it stands, what is in it, where it goes, and what may still be done with it. */
export function orderPage(frame: Frame, props: OrderPageProps): string {
  const { texts } = frame;
  const t = texts.after;
  const { page, merchant, path, now, notice } = props;
  const { order, lines, facts } = page;
  const money = (amount: number): string => formatMoney(amount, order.currency, merchant.locale);
  const time = (at: Date): string => timeText(at, merchant, texts);
  const until = cancelUntil(facts);
  const title = t.order.title(order.id);
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {notice && <Notice notice={notice} texts={texts} />}
        <dl class="facts card">
          <dt>{t.order.stateTitle}</dt>
          <dd>{t.order.state[stateOf(props)]}</dd>
          <dt>{t.order.ordered}</dt>
          <dd>{time(order.created_at)}</dd>
          {order.shipped_at && (
            <>
              <dt>{t.order.sent}</dt>
              <dd>{time(order.shipped_at)}</dd>
            </>
          )}
          {(order.carrier || order.tracking) && (
            <>
              <dt>{t.order.parcel}</dt>
              <dd>
                <Parcel order={order} texts={texts} />
              </dd>
            </>
          )}
          {order.ship_to && (
            <>
              <dt>{t.order.to}</dt>
              <dd>{addressLines(order.ship_to).join(', ')}</dd>
            </>
          )}
          <Later {...props} money={money} time={time} texts={texts} />
        </dl>
        <ul>
          {lines.map((line) => (
            <li>
              {line.kind === 'donation'
                ? `${line.title}: ${money(line.price)}`
                : `${line.quantity} × ${line.title}, ${texts.mail.sum.each(money(line.price))}`}
              {line.given_back > 0 && (
                <span class="soft small"> ({t.order.piecesGiven(line.given_back)})</span>
              )}
            </li>
          ))}
        </ul>
        <dl class="sums">
          {sums(order, texts, { ...order, locale: merchant.locale }).map(([what, amount], n, rows) => (
            <>
              <dt class={n === rows.length - 1 ? 'total' : ''}>{what}</dt>
              <dd class={n === rows.length - 1 ? 'total' : ''}>{amount}</dd>
            </>
          ))}
        </dl>
        <Delivery {...page} merchant={merchant} now={now} download={props.download} texts={texts} />
        {!whyNotSwapped(facts) && <Swaps lines={lines} choices={page.choices} path={path} texts={texts} />}
        {!whyNotCancelled(facts, 'shopper', now) && until && (
          <p>
            <a href={`${path}/cancel`}>{t.cancel.link}</a>
            <br />
            <span class="small soft">{cancelText(lines, deadlineText(until, merchant, texts), texts)}</span>
          </p>
        )}
        <p class="soft small">{t.order.questions(merchant.support_email)}</p>
        <p class="soft small">{texts.mail.receipt.returns(merchant.returns_policy)}</p>
        <MerchantLine merchant={merchant} gift={isGift(lines)} texts={texts} />
      </>
    ),
  });
}

function stateOf({ page: { order, lines, facts } }: OrderPageProps): keyof Texts['after']['order']['state'] {
  if (order.status !== 'paid') return order.status;
  if (facts.refunding) return 'refunding';
  if (order.shipped_at) return 'shipped';
  if (needsShipping(lines)) return 'paid';
  return lines.some(({ kind }) => kind === 'digital') ? 'delivered' : 'settled';
}

function Notice({ notice, texts }: { notice: OrderNotice; texts: Texts }) {
  const { cancel, swap } = texts.after;
  if (!('why' in notice)) return <Note>{notice.kind === 'cancelled' ? cancel.done : swap.done}</Note>;
  const text = notice.kind === 'not_cancelled' ? cancel.refused[notice.why] : swap.refused[notice.why];
  return <Note kind="warn">{text}</Note>;
}

function Parcel({ order: { carrier, tracking }, texts }: { order: Selectable<Order>; texts: Texts }) {
  if (!tracking || !/^https:\/\//.test(tracking)) return <>{[carrier, tracking].filter(Boolean).join(' ')}</>;
  return (
    <>
      {carrier}{' '}
      <a href={tracking} rel="noreferrer">
        {texts.mail.shipped.follow}
      </a>
    </>
  );
}

interface Formats {
  money: (amount: number) => string;
  time: (at: Date) => string;
  texts: Texts;
}

/** What was given back, and what was swapped. */
function Later({ page: { refunds, swaps }, money, time, texts }: OrderPageProps & Formats) {
  const t = texts.after.order;
  const given = refunds.filter(({ status }) => status === 'succeeded');
  return (
    <>
      {swaps.length > 0 && <dt>{t.changes}</dt>}
      {swaps.map((swap) => (
        <dd>{t.changed(swap.quantity, swap.from_title, swap.to_title)}</dd>
      ))}
      {given.length > 0 && <dt>{t.given}</dt>}
      {given.map((refund) => (
        <dd>{t.givenText(money(refund.amount), time(refund.settled_at ?? refund.created_at))}</dd>
      ))}
    </>
  );
}
