import { voucherState } from '../domain/voucher-state.ts';
import { type Frame, Note, renderPage } from './page.tsx';
import { supportNav, Time } from './support-parts.tsx';

export interface VoucherPageProps {
  /** What was typed; nothing yet, where it is empty. */
  code: string;
  /** What it is for; nothing, where it is none of ours. */
  voucher:
    | {
        title: string;
        piece: number;
        quantity: number;
        order_id: string;
        merchant_id: string;
        ordered_at: Date;
        used_at: Date | null;
        used_by: string | null;
        void: boolean;
      }
    | undefined;
  /** What became of the wish to take it, if there was one. */
  taken?: boolean;
  mayUse: boolean;
  /** Whose staff look: only of one merchant, or all of the operator's. */
  merchant_id: string | null;
}

/** Where a merchant's staff look up the code that somebody shows, and take it. */
export function voucherPage(frame: Frame, props: VoucherPageProps): string {
  const { code, voucher, taken, mayUse, merchant_id } = props;
  return renderPage({
    frame,
    nav: supportNav,
    title: 'Codes',
    children: (
      <>
        <h1>Codes{merchant_id ? ` of ${merchant_id}` : ''}</h1>
        <form method="post" action="/support/vouchers">
          <label>
            The code that you are shown
            <input
              name="code"
              value={taken ? '' : code}
              required
              maxlength={40}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              autofocus
            />
          </label>
          <button type="submit">Look it up</button>
        </form>
        {code !== '' && !voucher && (
          <Note kind="bad">
            <p>That is no code{merchant_id ? ` of ${merchant_id}` : ' of ours'}. Please look at it again.</p>
          </Note>
        )}
        {voucher && <Found {...props} voucher={voucher} mayUse={mayUse} />}
      </>
    ),
  });
}

function Found({
  code,
  voucher,
  taken,
  mayUse,
}: VoucherPageProps & { voucher: NonNullable<VoucherPageProps['voucher']> }) {
  const { state, text } = voucherState(voucher);
  const tone = taken || state === 'good' ? 'good' : 'bad';
  return (
    <>
      <Note kind={tone}>
        <p>
          <strong>{taken ? 'Taken just now.' : state === 'good' ? 'Good.' : `Not good: ${text}.`}</strong>
        </p>
      </Note>
      <dl class="facts card">
        <dt>For</dt>
        <dd>
          {voucher.title}
          {voucher.quantity > 1 && ` (${voucher.piece} of ${voucher.quantity})`}
        </dd>
        <dt>Order</dt>
        <dd>
          {voucher.order_id} at {voucher.merchant_id}, <Time at={voucher.ordered_at} />
        </dd>
        <dt>State</dt>
        <dd>{text}</dd>
      </dl>
      {state === 'good' && mayUse && (
        <form method="post" action="/support/vouchers/use">
          <input type="hidden" name="code" value={code} />
          <button type="submit">Take it: mark it as used</button>
          <p class="small soft">A code is good once. This cannot be undone.</p>
        </form>
      )}
    </>
  );
}
