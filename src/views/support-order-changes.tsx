import type { Selectable } from 'kysely';
import type { Order } from '../db/schema.ts';
import { type CancelFacts, whyNotCancelled, whyNotSwapped } from '../domain/cancelling.ts';
import { needsShipping } from '../domain/cart.ts';
import { formatMoney } from '../domain/currency.ts';
import { type LineOfOrder, piecesLeft } from '../domain/given-back.ts';
import { type SwapOption, Swaps } from './order-swap.tsx';
import { type Frame, renderPage } from './page.tsx';
import { ParcelForm } from './parcel-form.tsx';
import { supportNav } from './support-parts.tsx';
import { en } from './texts/en.ts';

interface ChangesProps {
  order: Selectable<Order>;
  lines: LineOfOrder[];
  facts: CancelFacts;
  /** By the line's SKU. */
  choices: Map<string, SwapOption[]>;
  now: Date;
}

/** What staff may do with an order besides giving money back: that it is on its way, another option, cancelling it. */
export function OrderChanges({ order, lines, facts, choices, now }: ChangesProps) {
  const path = `/support/orders/${order.id}`;
  const toSend = needsShipping(lines.filter((line) => piecesLeft(line) > 0));
  return (
    <>
      {toSend && order.status === 'paid' && !facts.refunding && (
        <section class="card" aria-labelledby="ship">
          <h2 id="ship">{order.shipped_at ? 'Correct the parcel' : 'It is on its way'}</h2>
          <p class="small">
            {order.shipped_at
              ? 'The shopper was told before, and is not told once more; the order’s page says what is put in here.'
              : 'The shopper hears of it, once. After that the order cannot be cancelled or swapped.'}
          </p>
          <ParcelForm action={`${path}/ship`} order={order} texts={en} />
        </section>
      )}
      {!whyNotSwapped(facts) && (
        <Swaps
          lines={lines}
          choices={choices}
          path={path}
          texts={en}
          heading={{
            title: 'Swap an option',
            text: 'For another one at the same price: no money moves. Shopper and merchant hear of it.',
          }}
        />
      )}
      {!whyNotCancelled(facts, 'staff', now) && (
        <section class="card" aria-labelledby="cancel">
          <h2 id="cancel">Cancel the order</h2>
          <form method="get" action={`${path}/cancel`}>
            <label>
              Because
              <input name="reason" required minlength={5} maxlength={300} placeholder="this is recorded" />
            </label>
            <button class="plain" type="submit">
              Cancel it …
            </button>
          </form>
        </section>
      )}
    </>
  );
}

/** Asks once more before an order is cancelled. */
export function cancelOrderPage(
  frame: Frame,
  {
    order,
    left,
    facts,
    reason,
  }: { order: Selectable<Order>; left: number; facts: CancelFacts; reason: string },
): string {
  const title = `Cancel order ${order.id}?`;
  return renderPage({
    frame,
    nav: supportNav,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <p>Because: {reason}</p>
        <ul>
          <li>{formatMoney(left, order.currency, 'en')} go back: all that is left of its payment.</li>
          <li>Its pieces are in the stock again, its downloads end, and its codes are void.</li>
          {facts.used && <li>Something of it was downloaded or used already. The shopper keeps that.</li>}
          <li>Shopper and merchant hear of it.</li>
        </ul>
        <form method="post" action={`/support/orders/${order.id}/cancel`}>
          <input type="hidden" name="reason" value={reason} />
          <button type="submit">Yes, cancel the order</button>
        </form>
        <p>
          <a href={`/support/orders/${order.id}`}>No, go back</a>
        </p>
      </>
    ),
  });
}
