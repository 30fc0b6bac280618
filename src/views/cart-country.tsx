import { countriesOf, type Shipping } from '../domain/shipping.ts';
import type { Texts } from './texts.ts';

/** "DE" in the language of a text. */
export const countryName = (code: string, { language }: Texts): string =>
  new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;

/** Asks where a cart is to be sent, where that decides about the shipping. */
export function CountryForm({
  shipping,
  country,
  path,
  texts,
}: {
  shipping: Shipping;
  /** The one that is chosen. */
  country: string;
  path: string;
  texts: Texts;
}) {
  const t = texts.connect;
  const names = countriesOf(shipping)
    .map((code) => ({ code, name: countryName(code, texts) }))
    .sort((a, b) => a.name.localeCompare(b.name, texts.language));
  return (
    <form method="post" action={`${path}/country`} class="country">
      <label>
        {t.shipTo}
        <select name="country" autocomplete="shipping country">
          {names.map(({ code, name }) => (
            <option value={code} selected={code === country}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{t.shipToButton}</button>
    </form>
  );
}
