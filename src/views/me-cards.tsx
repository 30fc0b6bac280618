import type { Selectable } from 'kysely';
import type { Grant } from '../db/schema.ts';
import { formatMoney } from '../domain/currency.ts';
import type { KeptCard } from '../domain/kept-card.ts';
import { cardName } from '../domain/kept-card.ts';
import type { ShipTo } from '../domain/order.ts';
import { addressLine } from './address.ts';
import { AddressFields } from './address-fields.tsx';
import { type Frame, Note, renderPage } from './page.tsx';

export interface KeptProps {
  cards: KeptCard[];
  address: ShipTo | null;
  grants: Array<{ grant: Selectable<Grant>; merchant: string; locale: string }>;
}

/** The cards that a shopper keeps, where things go, and what may be charged by a reply: each can be taken back. */
export function Kept({ frame, cards, address, grants }: KeptProps & { frame: Frame }) {
  const { me: t, enrol } = frame.texts.buyNow;
  const day = new Intl.DateTimeFormat(frame.texts.language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <>
      <div class="card">
        <h2>{t.title}</h2>
        {cards.length === 0 && <p>{t.noCards}</p>}
        {cards.map((card) => (
          <form method="post" action="/me/cards/remove">
            <p>{enrol.cardUntil(cardName(card), card.exp_month, card.exp_year)}</p>
            <input type="hidden" name="card" value={card.id} />
            <button class="plain" type="submit" aria-label={t.removeOf(cardName(card))}>
              {t.remove}
            </button>
          </form>
        ))}
        <p>
          {address ? t.sendTo(addressLine(address)) : t.noAddress} <a href="/me/address">{t.changeAddress}</a>
        </p>
      </div>
      <div class="card">
        <h2>{t.grantsTitle}</h2>
        {grants.length === 0 && <p>{t.noGrants}</p>}
        {grants.map(({ grant, merchant, locale }) => (
          <form method="post" action={`/buy-now/${grant.merchant_id}/stop`}>
            <p>
              {t.grant(
                merchant,
                formatMoney(grant.per_order, grant.currency, locale),
                formatMoney(grant.per_day, grant.currency, locale),
                day.format(grant.expires_at),
              )}
            </p>
            <button class="plain" type="submit">
              {enrol.stop(merchant)}
            </button>
          </form>
        ))}
        <p>
          <a href="/buy-now">{t.enrol}</a>
        </p>
      </div>
    </>
  );
}

/** @param countries where any merchant sends things */
export function addressPage(
  frame: Frame,
  { address, countries, problem }: { address: ShipTo | null; countries: string[]; problem?: string },
): string {
  const t = frame.texts.buyNow.address;
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        {problem && <Note kind="bad">{problem}</Note>}
        <p>{t.lead}</p>
        <form method="post" action="/me/address">
          <AddressFields given={address} countries={countries} texts={frame.texts} />
          <button type="submit">{t.button}</button>
        </form>
        {address && (
          <form method="post" action="/me/address/remove">
            <button class="plain" type="submit">
              {t.remove}
            </button>
          </form>
        )}
        <p>
          <a href="/me">{frame.texts.page.back}</a>
        </p>
      </>
    ),
  });
}
