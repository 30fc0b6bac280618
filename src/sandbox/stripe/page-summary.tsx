import { money } from './currencies.ts';
import type { SessionRecord } from './session.ts';

/** Who is paid, how much, and what for. */
export function Summary({ record, merchant }: { record: SessionRecord; merchant: string }) {
  const { session, items, rates } = record;
  // Nothing is paid where a card is kept for later.
  const isSetup = session.mode === 'setup';
  const show = (amount: number): string => money(amount, session.currency ?? 'usd');
  const rate = rates.find(({ id }) => id === session.shipping_cost?.shipping_rate);
  return (
    <section class="side" aria-label="Order summary">
      <div>
        {session.cancel_url && (
          <a class="back" href={session.cancel_url}>
            <span aria-hidden="true">← </span>Back to {merchant}
          </a>
        )}
        <h1>{isSetup ? `Save a card for ${merchant}` : `Pay ${merchant}`}</h1>
        {!isSetup && (
          <>
            <p class="amount">{show(session.amount_total ?? 0)}</p>
            <ul class="lines">
              {items.map((item) => (
                <li>
                  <span>
                    {item.description}
                    <small>
                      {item.quantity} × {show(item.price.unit_amount ?? 0)}
                    </small>
                  </span>
                  <span class="sum">{show(item.amount_subtotal)}</span>
                </li>
              ))}
            </ul>
            <dl>
              <div>
                <dt>Subtotal</dt>
                <dd class="sum">{show(session.amount_subtotal ?? 0)}</dd>
              </div>
              {rate && (
                <div>
                  <dt>{rate.display_name ?? 'Shipping'}</dt>
                  <dd class="sum">{show(rate.fixed_amount?.amount ?? 0)}</dd>
                </div>
              )}
              {session.automatic_tax.enabled && (
                <div>
                  <dt>
                    {items.some(({ price }) => price.tax_behavior === 'inclusive') ? 'Tax, included' : 'Tax'}
                  </dt>
                  <dd class="sum">{show(session.total_details?.amount_tax ?? 0)}</dd>
                </div>
              )}
              <div class="total">
                <dt>Total due</dt>
                <dd class="sum">{show(session.amount_total ?? 0)}</dd>
              </div>
            </dl>
          </>
        )}
      </div>
    </section>
  );
}
