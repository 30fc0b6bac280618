import type { Selectable } from 'kysely';
import type { Order } from '../db/schema.ts';
import { formatMoney } from '../domain/currency.ts';
import { isErased } from '../domain/erased.ts';
import type { Entry, SupportCase } from '../domain/support.ts';
import { maskEmail } from '../domain/text.ts';
import { type Frame, renderPage } from './page.tsx';
import { supportNav, Time } from './support-parts.tsx';
import { entryText, mailState, whyPrice } from './support-texts.ts';

export interface CasePageProps {
  found: SupportCase;
  /** Addresses are shown in full, because somebody has said why. */
  revealed: boolean;
  mayReveal: boolean;
}

/** Everything about one shopper, and at the end, in order, everything that happened. */
export function casePage(frame: Frame, { found, revealed, mayReveal }: CasePageProps): string {
  const { shopper, shopper_id, carts, orders, entries } = found;
  const erased = isErased(shopper_id);
  const title = shopper ? `@${shopper.username}` : erased ? 'Erased shopper' : `X user ${shopper_id}`;
  const email = shopper?.email ?? null;
  return renderPage({
    frame,
    wide: true,
    nav: supportNav,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <dl class="facts card">
          <dt>{erased ? 'Number in the books' : 'X user id'}</dt>
          <dd>{shopper_id}</dd>
          <dt>Linked</dt>
          <dd>
            {shopper ? (
              <Time at={shopper.linked_at} />
            ) : erased ? (
              'no: erased on request'
            ) : (
              'no: replies are held'
            )}
          </dd>
          <dt>E-mail</dt>
          <dd>{email ? (revealed ? email : maskEmail(email)) : 'none'}</dd>
          {shopper && (
            <>
              <dt>Mail</dt>
              <dd>{mailState(shopper)}</dd>
            </>
          )}
        </dl>
        {mayReveal && !revealed && (
          <form method="post" action={`/support/shoppers/${shopper_id}/reveal`}>
            <label>
              Show addresses in full, because
              <input
                name="reason"
                required
                minlength={5}
                maxlength={300}
                placeholder="what you need them for; this is recorded"
              />
            </label>
            <button class="plain" type="submit">
              Show
            </button>
          </form>
        )}
        <h2>Carts</h2>
        {carts.length === 0 && <p class="soft">None.</p>}
        {carts.map((cart) => (
          <article class="card">
            <h3>
              Cart {cart.id} at {cart.merchant_id} <span class="tag">{cart.status}</span>
            </h3>
            <ul>
              {cart.lines.map((line) => (
                <li>
                  {line.quantity} × {line.title} ({line.sku}), {formatMoney(line.price, cart.currency, 'en')}{' '}
                  each
                  <span class="soft">
                    {` (${whyPrice(line)})`}
                    {line.post_id ? ' because of reply ' : ' set on the page'}
                    {line.post_id && <a href={`/support/replies/${line.post_id}`}>{line.post_id}</a>}
                  </span>
                </li>
              ))}
            </ul>
          </article>
        ))}
        <h2>Orders</h2>
        {orders.length === 0 && <p class="soft">None.</p>}
        {orders.map((order) => (
          <OrderCard order={order} revealed={revealed} />
        ))}
        <h2>What happened</h2>
        <ol class="timeline">
          {entries.map((entry) => (
            <li>
              <Time at={entry.at} />
              <EntryTag entry={entry} /> {entryText(entry)}{' '}
              {entry.kind === 'reply' && <a href={`/support/replies/${entry.post_id}`}>details</a>}
            </li>
          ))}
        </ol>
      </>
    ),
  });
}

function OrderCard({ order, revealed }: { order: Selectable<Order>; revealed: boolean }) {
  const { ship_to } = order;
  const address = ship_to && [ship_to.name, ...Object.values(ship_to.address)].filter(Boolean).join(', ');
  return (
    <article class="card">
      <h3>
        <a href={`/support/orders/${order.id}`}>Order {order.id}</a> at {order.merchant_id}{' '}
        <span class="tag">{order.status}</span>
      </h3>
      <dl class="facts">
        <dt>Total</dt>
        <dd>
          {formatMoney(order.total, order.currency, 'en')}, of which shipping{' '}
          {formatMoney(order.shipping, order.currency, 'en')}
          {order.tax + order.tax_included > 0 &&
            `, tax ${formatMoney(order.tax + order.tax_included, order.currency, 'en')}${order.tax > 0 ? '' : ' (in the prices)'}`}
          {order.destination !== null &&
            `; paid to ${order.destination}, our part ${formatMoney(order.fee, order.currency, 'en')}`}
        </dd>
        <dt>Payment</dt>
        <dd>{order.payment_id}</dd>
        <dt>Receipt to</dt>
        <dd>{order.email ? (revealed ? order.email : maskEmail(order.email)) : 'nobody'}</dd>
        <dt>Goes to</dt>
        <dd>
          {ship_to ? (revealed ? address : `somebody in ${ship_to.address.country}`) : 'nothing is shipped'}
        </dd>
      </dl>
    </article>
  );
}

const GOOD = ['added', 'set', 'order', 'payment', 'sent', 'succeeded'];
const BAD = ['failed', 'refund', 'refused', 'dispute', 'fraud_warning', 'cancel'];

function EntryTag({ entry }: { entry: Entry }) {
  const word =
    entry.kind === 'reply' ? entry.outcome : entry.kind === 'mail' ? `mail ${entry.status}` : entry.kind;
  const tone = GOOD.some((each) => word.endsWith(each))
    ? 'good'
    : BAD.some((each) => word.endsWith(each))
      ? 'bad'
      : '';
  return <span class={`tag ${tone}`}>{word}</span>;
}
