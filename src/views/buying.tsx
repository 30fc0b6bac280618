import type { Selectable } from 'kysely';
import type { Purchase } from '../db/schema.ts';
import type { Merchant } from '../domain/catalog.ts';
import { formatMoney } from '../domain/currency.ts';
import { type Frame, Note, renderPage } from './page.tsx';
import { localeWithin } from './texts.ts';

export interface BuyingProps {
  /** The path of the cart: forms go below it. */
  path: string;
  purchase: Selectable<Purchase>;
  merchant: Merchant;
  items: Array<{ quantity: number; title: string }>;
  /** Until when it can be undone; null: the mail that says so is not out yet. */
  until: Date | null;
  /** Whether its shopper is signed in: nobody else can have their card charged. */
  isTheirs: boolean;
  /** Where they sign in and come back. */
  signInPath: string;
}

/** What a reply is about to buy, and what can be done about it. */
export function buyingPage(frame: Frame, props: BuyingProps): string {
  const { path, purchase, merchant, items, until, isTheirs } = props;
  const t = frame.texts.buyNow.page;
  const { status, post_id, doubt } = purchase;
  const open = status === 'waiting' || status === 'confirming';
  const title = t.title[status](merchant.name);
  const time = new Intl.DateTimeFormat(localeWithin(frame.texts, merchant.locale), {
    timeStyle: 'medium',
    timeZone: merchant.timezone,
    timeZoneName: undefined,
  });
  const money = formatMoney(purchase.total, purchase.currency, merchant.locale);
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {status === 'waiting' && <p>{until ? t.until(time.format(until), merchant.timezone) : t.soon}</p>}
        {status === 'confirming' && doubt && <Note kind="warn">{frame.texts.buyNow.doubt[doubt]}</Note>}
        {!open && <p>{t.after[status as keyof typeof t.after]}</p>}
        <ul>
          {items.map(({ quantity, title: what }) => (
            <li>
              {quantity} × {what}
            </li>
          ))}
        </ul>
        <p>{t.total(money)}</p>
        {status === 'confirming' &&
          (isTheirs ? (
            <form method="post" action={`${path}/buying/${post_id}/confirm`}>
              <button class="pay" type="submit">
                {t.confirm(money)}
              </button>
            </form>
          ) : (
            <p>
              <a class="button" href={props.signInPath}>
                {t.signIn}
              </a>
            </p>
          ))}
        {open && (
          <form method="post" action={`${path}/buying/${post_id}/undo`}>
            <button class="other" type="submit">
              {status === 'confirming' ? t.doNotBuy : t.undo}
            </button>
            <p class="small soft">{t.undoNote}</p>
          </form>
        )}
        <p>
          <a href={path}>{t.toCart}</a>
        </p>
      </>
    ),
  });
}
