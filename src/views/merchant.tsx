import type { Merchant, Product } from '../domain/catalog.ts';
import { formatMoney } from '../domain/currency.ts';
import { countryName } from './countries.tsx';
import { type Frame, renderPage } from './page.tsx';
import { costText } from './product.tsx';

/**
 * Who sells: what the law wants every seller to say, and what shoppers want to know.
 *
 * @param products what they sell, each with the path of its page
 */
export function merchantPage(
  frame: Frame,
  merchant: Merchant,
  products: Array<{ product: Product; path: string }>,
): string {
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
        <h2>{frame.texts.product.all}</h2>
        {products.length === 0 && <p>{frame.texts.product.none}</p>}
        <ul>
          {products.map(({ product, path }) => (
            <li>
              <a href={path}>{product.title}</a>, {costText(product, product.price, money, frame.texts)}
            </li>
          ))}
        </ul>
        <h2>{t.how}</h2>
        <p>{t.howText(merchant.hashtags.add[0] ?? '#AddToCart')}</p>
        <p>
          <a href="/link">{frame.texts.link.title}</a>
        </p>
      </>
    ),
  });
}
