import { countriesOf, type Shipping } from '../domain/shipping.ts';
import { CountryField } from './countries.tsx';
import type { Texts } from './texts.ts';

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
  return (
    <form method="post" action={`${path}/country`} class="country">
      <CountryField label={t.shipTo} countries={countriesOf(shipping)} chosen={country} texts={texts} />
      <button type="submit">{t.shipToButton}</button>
    </form>
  );
}
