import type { Merchant } from '../domain/catalog.ts';
import { formatMoney } from '../domain/currency.ts';
import { countryName } from './cart-country.tsx';
import { type Frame, renderPage } from './page.tsx';

/** Who sells: what the law wants every seller to say, and what shoppers want to know. */
export function merchantPage(frame: Frame, merchant: Merchant): string {
  const t = frame.texts.merchant;
  const { shipping, currency, locale } = merchant;
  const money = (amount: number): string => formatMoney(amount, currency, locale);
  const { texts } = frame;
  const named = (countries: string[]): string =>
    new Intl.ListFormat(texts.language).format(countries.map((code) => countryName(code, texts)));
  return renderPage({
    frame,
    title: t.title(merchant.name),
    children: (
      <>
        <h1>{merchant.name}</h1>
        <dl class="facts card">
          <dt>{t.onX}</dt>
          <dd>
            <a href={`${frame.x}/${merchant.username}`} rel="noreferrer">
              @{merchant.username}
            </a>
          </dd>
          <dt>{t.address}</dt>
          <dd>{merchant.postal_address}</dd>
          <dt>{t.support}</dt>
          <dd>
            <a href={`mailto:${merchant.support_email}`}>{merchant.support_email}</a>
          </dd>
          <dt>{t.shipping}</dt>
          {shipping ? (
            shipping.zones.map(({ rate, free_from, countries }) => (
              <dd>
                {t.shippingText(money(rate), free_from === null ? null : money(free_from), named(countries))}
              </dd>
            ))
          ) : (
            <dd>{t.noShipping}</dd>
          )}
          <dt>{t.returns}</dt>
          <dd>{merchant.returns_policy}</dd>
        </dl>
        <h2>{t.how}</h2>
        <p>{t.howText(merchant.hashtags.add[0] ?? '#AddToCart')}</p>
        <p>
          <a href="/link">{frame.texts.link.title}</a>
        </p>
      </>
    ),
  });
}
