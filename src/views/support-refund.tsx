import type { Selectable } from 'kysely';
import type { Dispute, Order } from '../db/schema.ts';
import { formatMoney } from '../domain/currency.ts';
import { type LineOfOrder, type PlannedPieces, piecesLeft } from '../domain/given-back.ts';
import { disputeText } from './order-later.ts';
import { type Frame, Note, renderPage } from './page.tsx';
import { supportNav } from './support-parts.tsx';

/** The name of the field that says how many pieces of a line are given back. */
export const pieceField = (sku: string): string => `of:${sku}`;

interface RefundFormProps {
  order: Selectable<Order>;
  lines: LineOfOrder[];
  /** Of its payment, in minor units: what can be given back. */
  left: number;
}

/** Asks how much is to be given back, and for what; the next page asks once more. */
export function RefundForm({ order, lines, left }: RefundFormProps) {
  const money = formatMoney(left, order.currency, 'en');
  return (
    <section class="card" aria-labelledby="refund">
      <h2 id="refund">Give money back</h2>
      <form method="get" action={`/support/orders/${order.id}/refund`}>
        <fieldset aria-describedby="pieces-note">
          <legend>For these pieces</legend>
          {lines
            .filter((line) => piecesLeft(line) > 0)
            .map((line) => (
              <label>
                {line.title}, of {piecesLeft(line)}
                <input
                  type="number"
                  name={pieceField(line.sku)}
                  min="0"
                  max={String(piecesLeft(line))}
                  value="0"
                />
              </label>
            ))}
          <p class="small soft" id="pieces-note">
            Their codes that are not used are void then, downloads end once all of a line is given back, and
            they are not sent. With 0 everywhere it is an amount by itself, which leaves all that as it is.
          </p>
        </fieldset>
        <label>
          Amount, as 5.00; empty: what the pieces have cost, or, without pieces, {money}, all that is left
          <input name="amount" inputmode="decimal" maxlength={20} />
        </label>
        <label>
          Because
          <input name="reason" required minlength={5} maxlength={300} placeholder="this is recorded" />
        </label>
        <label>
          <input type="checkbox" name="restock" value="1" /> The pieces can be sold again; without pieces
          above all of the order, once all is given back
        </label>
        <button type="submit">Go on …</button>
      </form>
    </section>
  );
}

export interface RefundPageProps {
  order: Selectable<Order>;
  amount: number;
  currency: string;
  left: number;
  /** What is named. */
  pieces: PlannedPieces[];
  /** As it was typed. */
  wanted: string;
  reason: string;
  restock: boolean;
  /** Those that are open. */
  disputes: Array<Selectable<Dispute>>;
}

/** Asks once more before money is given back. */
export function refundPage(frame: Frame, props: RefundPageProps): string {
  const { order, amount, currency, left, pieces, wanted, reason, restock, disputes } = props;
  const money = formatMoney(amount, currency, 'en');
  const title = `Give ${money} of order ${order.id} back?`;
  const again =
    pieces.length > 0
      ? 'The pieces can be sold again.'
      : 'The pieces can be sold again, once all is given back.';
  return renderPage({
    frame,
    nav: supportNav,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {pieces.length > 0 && (
          <ul>
            {pieces.map((each) => (
              <li>{whatEnds(each)}</li>
            ))}
          </ul>
        )}
        <p>
          Because: {reason}
          {restock && `. ${again}`}
        </p>
        <form method="post" action={`/support/orders/${order.id}/refund`}>
          <input type="hidden" name="amount" value={wanted} />
          <input type="hidden" name="reason" value={reason} />
          <input type="hidden" name="left" value={String(left)} />
          {pieces.map((each) => (
            <input type="hidden" name={pieceField(each.sku)} value={String(each.pieces)} />
          ))}
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

const whatEnds = ({ pieces, title, codes, used }: PlannedPieces): string =>
  [
    `${pieces} × ${title}`,
    ...(codes > 0 ? [codes === 1 ? '1 code is void then' : `${codes} codes are void then`] : []),
    ...(used > 0 ? [`${used} of its codes ${used === 1 ? 'was' : 'were'} used, and stay used`] : []),
  ].join('; ');
