/** Somebody to play with: nobody lives there. */
export const DEMO_NAME = 'Jenny Rosen';
export const DEMO_EMAIL = 'jenny.rosen@example.com';

interface DemoAddress {
  line1: string;
  line2: string;
  city: string;
  state: string;
  postal_code: string;
  country: string;
}

const ADDRESSES: Record<string, Omit<DemoAddress, 'line2' | 'country'>> = {
  AU: { line1: '12 Example Street', city: 'Sydney', state: 'NSW', postal_code: '2000' },
  CA: { line1: '12 Example Street', city: 'Toronto', state: 'ON', postal_code: 'M5V 2T6' },
  DE: { line1: 'Beispielstraße 12', city: 'Berlin', state: '', postal_code: '10115' },
  FR: { line1: '12 rue de l’Exemple', city: 'Paris', state: '', postal_code: '75001' },
  GB: { line1: '12 Example Street', city: 'London', state: '', postal_code: 'SW1A 1AA' },
  US: { line1: '12 Example Street', city: 'San Francisco', state: 'CA', postal_code: '94105' },
};

/** Countries that have no postal codes, or hardly use them. */
const WITHOUT_POSTAL_CODES = new Set('AE AO BO BS CI FJ GH HK JM MO PA QA RW UG YE ZW'.split(' '));

export const hasPostalCodes = (country: string): boolean => !WITHOUT_POSTAL_CODES.has(country);

/** An address in a country, good enough for a parcel that is never sent. */
export function addressIn(country: string): DemoAddress {
  const elsewhere = { line1: '12 Example Street', city: 'Exampleton', state: '', postal_code: '12345' };
  const found = ADDRESSES[country] ?? elsewhere;
  return { ...found, line2: '', country, postal_code: hasPostalCodes(country) ? found.postal_code : '' };
}
