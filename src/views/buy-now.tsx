import type { Selectable } from 'kysely';
import type { Grant } from '../db/schema.ts';
import type { Merchant } from '../domain/catalog.ts';
import { decimalsOf, formatMoney, typedAmount } from '../domain/currency.ts';
import type { KeptCard } from '../domain/kept-card.ts';
import { cardName } from '../domain/kept-card.ts';
import type { ShipTo } from '../domain/order.ts';
import { countriesOf } from '../domain/shipping.ts';
import { AddressFields } from './address-fields.tsx';
import { type Frame, Note, renderPage } from './page.tsx';

export interface EnrolProps {
  merchant: Merchant;
  /** With a number sign, as the merchant writes it. */
  tag: string;
  cards: KeptCard[];
  address: ShipTo | null;
  grant: Selectable<Grant> | undefined;
  /** Of the text that is agreed to. */
  consentVersion: string;
  undoSeconds: number;
  problem?: string | undefined;
  /** A card was kept at Stripe in this moment, and is not here yet. */
  waiting?: boolean;
}

/** Where a shopper agrees that a reply buys at once: card, address, limits, and what that means. */
export function enrolPage(frame: Frame, props: EnrolProps): string {
  const { merchant, tag, cards, grant, problem, waiting } = props;
  const t = frame.texts.buyNow.enrol;
  const title = t.title(tag, merchant.name);
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {problem && <Note kind="bad">{problem}</Note>}
        {grant && (
          <Note>
            {t.holds(
              formatMoney(grant.per_order, grant.currency, merchant.locale),
              formatMoney(grant.per_day, grant.currency, merchant.locale),
            )}
          </Note>
        )}
        <p>{t.lead(tag, merchant.name, props.undoSeconds)}</p>
        {cards.length > 0 ? (
          <Agreement frame={frame} {...props} />
        ) : waiting ? (
          <p>{t.waiting}</p>
        ) : (
          <p>{t.noCard}</p>
        )}
        <form method="post" action={`/buy-now/${merchant.id}/card`}>
          <button class={cards.length > 0 ? 'plain' : ''} type="submit">
            {cards.length > 0 ? t.anotherCard : t.keepCard}
          </button>
          <p class="small soft">{t.keepCardNote}</p>
        </form>
        {grant && (
          <form method="post" action={`/buy-now/${merchant.id}/stop`}>
            <button class="plain" type="submit">
              {t.stop(merchant.name)}
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

function Agreement({
  frame,
  merchant,
  tag,
  cards,
  address,
  grant,
  consentVersion,
  undoSeconds,
}: EnrolProps & { frame: Frame }) {
  const t = frame.texts.buyNow.enrol;
  const { currency } = merchant;
  const amount = (value: number | undefined): string =>
    value === undefined ? '' : typedAmount(value, currency, merchant.locale);
  const step = decimalsOf(currency) > 0 ? 'decimal' : 'numeric';
  return (
    <form method="post" action={`/buy-now/${merchant.id}`}>
      <input type="hidden" name="consent" value={consentVersion} />
      <fieldset>
        <legend>{t.card}</legend>
        {cards.map((card, n) => (
          <label>
            <input
              type="radio"
              name="card"
              value={card.id}
              checked={grant ? card.id === grant.card_id : n === 0}
              required
            />
            {t.cardUntil(cardName(card), card.exp_month, card.exp_year)}
          </label>
        ))}
      </fieldset>
      {merchant.shipping && (
        <AddressFields given={address} countries={countriesOf(merchant.shipping)} texts={frame.texts} />
      )}
      <fieldset>
        <legend>{t.limits}</legend>
        <label>
          {t.perOrder(currency)}
          <input
            type="text"
            inputmode={step}
            name="per_order"
            value={amount(grant?.per_order)}
            required
            maxlength={12}
          />
        </label>
        <label>
          {t.perDay(currency)}
          <input
            type="text"
            inputmode={step}
            name="per_day"
            value={amount(grant?.per_day)}
            required
            maxlength={12}
          />
        </label>
        <p class="small soft">{t.limitsNote}</p>
      </fieldset>
      <div class="card">
        <h2>{t.consentTitle}</h2>
        <ul>
          {t.consent(tag, merchant.name, undoSeconds).map((each) => (
            <li>{each}</li>
          ))}
        </ul>
        <p class="small">
          <a href={`/m/${merchant.id}`}>{t.returns(merchant.name)}</a>: {merchant.returns_policy}
        </p>
        <label>
          <input type="checkbox" name="agree" value="yes" required />
          {t.agree}
        </label>
      </div>
      <button type="submit">{grant ? t.change : t.button}</button>
    </form>
  );
}

/** The merchants at whom a reply can buy. */
export function buyNowPage(
  frame: Frame,
  merchants: Array<{ id: string; name: string; tag: string }>,
): string {
  const t = frame.texts.buyNow;
  return renderPage({
    frame,
    title: t.list.title,
    children: (
      <>
        <h1>{t.list.title}</h1>
        <p>{merchants.length > 0 ? t.list.lead : t.list.none}</p>
        <ul>
          {merchants.map(({ id, name, tag }) => (
            <li>
              <a href={`/buy-now/${id}`}>{t.enrol.title(tag, name)}</a>
            </li>
          ))}
        </ul>
        <p>
          <a href="/me">{frame.texts.page.back}</a>
        </p>
      </>
    ),
  });
}
