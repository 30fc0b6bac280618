import type { Merchant } from '../domain/catalog.ts';
import { whyEnded } from '../domain/download.ts';
import type { Texts } from './texts.ts';
import { timeText } from './time-text.ts';

export interface DeliveryProps {
  downloads: Array<{
    id: string;
    title: string;
    allowed: number;
    expires_at: Date;
    uses: Date[];
    void: boolean;
  }>;
  vouchers: Array<{
    title: string;
    piece: number;
    quantity: number;
    used_at: Date | null;
    used_by: string | null;
    void: boolean;
  }>;
  merchant: Pick<Merchant, 'locale' | 'timezone'>;
  now: Date;
  /** The path where something is downloaded. */
  download: (id: string) => string;
  texts: Texts;
}

/** What of an order can be downloaded, what was, and which of its codes are used. The codes themselves are mailed. */
export function Delivery({ downloads, vouchers, merchant, now, download, texts }: DeliveryProps) {
  const t = texts.delivery.order;
  const moment = (at: Date): string => timeText(at, merchant, texts);
  return (
    <>
      {downloads.length > 0 && (
        <section aria-labelledby="downloads">
          <h2 id="downloads">{t.downloads}</h2>
          <ul>
            {downloads.map((each) => {
              const ended = whyEnded(each, now);
              const left = ended ? t.ended[ended] : t.left(each.allowed - each.uses.length);
              const uses = each.uses.length > 0 ? [t.uses(each.uses.map(moment))] : [];
              return (
                <li>
                  {ended ? each.title : <a href={download(each.id)}>{each.title}</a>}{' '}
                  <span class="soft small">({[left, ...uses].join('; ')})</span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {vouchers.length > 0 && (
        <section aria-labelledby="codes">
          <h2 id="codes">{t.codes}</h2>
          <ul>
            {vouchers.map(({ title, piece, quantity, used_at, void: isVoid }) => (
              <li>
                {quantity > 1 ? `${title} (${piece}/${quantity})` : title}{' '}
                <span class="soft small">
                  ({used_at ? t.used(moment(used_at)) : isVoid ? t.void : t.open})
                </span>
              </li>
            ))}
          </ul>
          <p class="small soft">{t.codesNote}</p>
        </section>
      )}
    </>
  );
}
