import type { Texts } from './texts.ts';

/** "DE" in the language of a text. */
export const countryName = (code: string, { language }: Texts): string =>
  new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;

interface CountryProps {
  label: string;
  /** ISO 3166-1 codes. */
  countries: string[];
  chosen: string | null | undefined;
  texts: Texts;
}

/** Countries to choose from, in the order of their names in the shopper's language. */
export function CountryField({ label, countries, chosen, texts }: CountryProps) {
  const named = countries
    .map((code) => ({ code, name: countryName(code, texts) }))
    .sort((a, b) => a.name.localeCompare(b.name, texts.language));
  return (
    <label>
      {label}
      <select name="country" autocomplete="shipping country" required>
        {named.map(({ code, name }) => (
          <option value={code} selected={code === chosen}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
