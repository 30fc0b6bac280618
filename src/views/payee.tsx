import type { Merchant } from '../domain/catalog.ts';
import { accountStanding, type Payee } from '../domain/payee.ts';
import { type Frame, Note, renderPage } from './page.tsx';

interface AccountPage {
  merchant: Merchant;
  payee: Payee;
  fee_bps: number;
  /** Where the form goes. */
  path: string;
}

/** How a merchant's account at Stripe stands, and the way on to what Stripe still asks. */
export function accountPage(frame: Frame, { merchant, payee, fee_bps, path }: AccountPage): string {
  const t = frame.texts.connect.account;
  const standing = accountStanding(payee);
  const percent = new Intl.NumberFormat(frame.texts.language, {
    style: 'percent',
    maximumFractionDigits: 2,
  }).format(fee_bps / 10_000);
  return renderPage({
    frame,
    title: t.title(merchant.name),
    children: (
      <>
        <h1>{t.title(merchant.name)}</h1>
        <Note kind={standing === 'ready' ? 'good' : 'warn'}>{t[standing]}</Note>
        <p>{t.lead}</p>
        <p>{t.fee(percent)}</p>
        {standing !== 'gone' && (
          <form method="post" action={path}>
            <button type="submit" class={standing === 'ready' ? 'other' : undefined}>
              {standing === 'ready' ? t.change : t.button}
            </button>
          </form>
        )}
      </>
    ),
  });
}
