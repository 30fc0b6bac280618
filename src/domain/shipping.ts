/** Countries that are shipped to at the same rate, per order. Amounts in minor units. */
export interface Zone {
  countries: string[];
  rate: number;
  /** The value of goods from which on it costs nothing. */
  free_from: number | null;
}

/** Where a merchant ships to. No country is in two zones. */
export interface Shipping {
  zones: Zone[];
}

/**
 * The zone that holds for a country. Where none is named, or nothing is sent there, it is the first one: merchants
 * begin with where they sell most.
 */
export const zoneOf = ({ zones }: Shipping, country: string | null): Zone | undefined =>
  zones.find(({ countries }) => country !== null && countries.includes(country)) ?? zones[0];

/** Where a cart is taken to go: the country that is named, if it is shipped to, else the first of all. */
export function countryOf(shipping: Shipping, country: string | null): string | null {
  const zone = zoneOf(shipping, country);
  return zone?.countries.find((each) => each === country) ?? zone?.countries[0] ?? null;
}

/** Whether the rate depends on the country, so that it has to be known before anybody pays. */
export const asksForCountry = (shipping: Shipping | null): shipping is Shipping =>
  (shipping?.zones.length ?? 0) > 1;

/** All countries that are shipped to. */
export const countriesOf = ({ zones }: Shipping): string[] => zones.flatMap(({ countries }) => countries);

/** What shipping costs for goods of this value. */
export function rateFor(shipping: Shipping, country: string | null, subtotal: number): number {
  const zone = zoneOf(shipping, country);
  if (!zone) return 0;
  return zone.free_from !== null && subtotal >= zone.free_from ? 0 : zone.rate;
}
