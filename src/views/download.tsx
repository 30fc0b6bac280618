import type { Merchant } from '../domain/catalog.ts';
import type { Ended } from '../domain/download.ts';
import { MerchantLine } from './merchant-line.tsx';
import { type Frame, Note, noticePage, renderPage } from './page.tsx';
import { dayText, timeText } from './time-text.ts';

export interface DownloadPageProps {
  /** The path of the page: its form goes there. */
  path: string;
  title: string;
  order_id: string;
  left: number;
  expires_at: Date;
  uses: Date[];
  ended: Ended | undefined;
  /** Somebody has just tried, and the file was not there. */
  missing: boolean;
  merchant: Merchant;
}

/** What was bought and can be downloaded. Looking at it counts nothing: the button does. */
export function downloadPage(frame: Frame, props: DownloadPageProps): string {
  const { title, merchant, ended, missing, uses } = props;
  const t = frame.texts.delivery.page;
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <p class="soft">{t.from(merchant.name, props.order_id)}</p>
        {missing && (
          <Note kind="bad">
            <p>{t.missing}</p>
          </Note>
        )}
        {ended ? (
          <Note kind="warn">
            <p>{t.ended[ended]}</p>
          </Note>
        ) : (
          <form method="post" action={props.path}>
            <p>{t.left(props.left, dayText(props.expires_at, merchant, frame.texts))}</p>
            <button type="submit">{t.button}</button>
            <p class="small soft">{t.note}</p>
          </form>
        )}
        {uses.length > 0 && (
          <section aria-labelledby="uses">
            <h2 id="uses">{t.usesTitle}</h2>
            <ul>
              {uses.map((at) => (
                <li>
                  <time datetime={at.toISOString()}>{timeText(at, merchant, frame.texts)}</time>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p class="small">{t.ask(merchant.support_email)}</p>
        <MerchantLine merchant={merchant} gift={false} texts={frame.texts} />
      </>
    ),
  });
}

export const noDownloadPage = (frame: Frame): string =>
  noticePage(frame, frame.texts.delivery.page.oldLink, {
    href: '/cart',
    text: frame.texts.home.cart,
  });
