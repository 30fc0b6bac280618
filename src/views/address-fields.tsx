import type { ShipTo } from '../domain/order.ts';
import { CountryField } from './countries.tsx';
import type { Texts } from './texts.ts';

interface AddressProps {
  given: ShipTo | null;
  /** The countries that can be chosen. */
  countries: string[];
  texts: Texts;
}

/** Where things go: as browsers know to fill it in. */
export function AddressFields({ given, countries, texts }: AddressProps) {
  const t = texts.buyNow.address;
  const { name = null, address } = given ?? {};
  const field = (
    key: string,
    label: string,
    value: string | null | undefined,
    autocomplete: string,
    required = true,
  ) => (
    <label>
      {required ? label : `${label} ${t.optional}`}
      <input
        type="text"
        name={key}
        value={value ?? ''}
        autocomplete={`shipping ${autocomplete}`}
        required={required}
        maxlength={200}
      />
    </label>
  );
  return (
    <fieldset>
      <legend>{t.title}</legend>
      {field('name', t.name, name, 'name')}
      {field('line1', t.line1, address?.line1, 'address-line1')}
      {field('line2', t.line2, address?.line2, 'address-line2', false)}
      {field('postal_code', t.postalCode, address?.postal_code, 'postal-code', false)}
      {field('city', t.city, address?.city, 'address-level2')}
      {field('state', t.state, address?.state, 'address-level1', false)}
      <CountryField label={t.country} countries={countries} chosen={address?.country} texts={texts} />
    </fieldset>
  );
}
