import type Stripe from 'stripe';
import type { CardRecord } from './card.ts';
import { COUNTRIES } from './countries.ts';
import { addressIn, DEMO_EMAIL, DEMO_NAME, hasPostalCodes } from './demo-shopper.ts';
import { type CardMethod, type Method, methodsOf, SETUP_METHODS } from './payment-methods.ts';
import type { SessionRecord } from './session.ts';
import { chooseShipping } from './session-shipping.ts';

/** The fields of the page's form; the control API fills in the same ones. */
export const FIELDS = [
  'email',
  'name',
  'line1',
  'line2',
  'city',
  'state',
  'postal_code',
  'country',
  'shipping_rate',
  'method',
  'save',
] as const;

export type Field = (typeof FIELDS)[number];
export type Form = Record<Field, string>;

/** What a shopper pays with and where to. */
export interface PaymentDetails {
  method: Method | CardMethod;
  /** A kept card that is used again; left out: a new one. */
  card?: string | undefined;
  /** The card is to be kept for the customer. */
  save?: boolean;
  email: string;
  name: string;
  /** Where the session asks for one. */
  address: Stripe.Address | null;
  shipping_rate: string | undefined;
}

type Session = Stripe.Checkout.Session;

const LONGEST = 200;

export const asksForAddress = (session: Session): boolean =>
  session.shipping_address_collection !== null ||
  session.billing_address_collection === 'required' ||
  session.automatic_tax.enabled;

/** The countries that an address may be in. */
export const countriesOf = (session: Session): string[] =>
  session.shipping_address_collection?.allowed_countries ?? [...COUNTRIES];

/** The address that the session knows already; it cannot be changed on the page. */
export const knownEmail = ({ customer, customer_email, customer_details }: Session): string | null =>
  customer_email ?? (customer === null ? null : (customer_details?.email ?? null));

/** What a session lets people choose from. */
export const choicesOf = ({ mode, payment_method_types }: Session): readonly (Method | CardMethod)[] =>
  mode === 'setup' ? SETUP_METHODS : methodsOf(payment_method_types);

/** Whether people may have their card kept. */
export const offersToSave = ({ saved_payment_method_options }: Session): boolean =>
  saved_payment_method_options?.payment_method_save === 'enabled';

/** Whether there is nothing to pay. @param rateId of the shipping rate that is chosen */
export const isFree = (record: SessionRecord, rateId: string): boolean =>
  chooseShipping(record, rateId).session.amount_total === 0;

/** The form as it is first shown: somebody who plays needs only to press the button. */
export function demoForm({ session, rates }: SessionRecord): Form {
  const [firstCountry = 'US'] = session.shipping_address_collection?.allowed_countries ?? [];
  return {
    email: knownEmail(session) ?? DEMO_EMAIL,
    name: DEMO_NAME,
    ...addressIn(firstCountry),
    shipping_rate: rates[0]?.id ?? '',
    method: choicesOf(session)[0] ?? '',
    save: '',
  };
}

/** Reads a filled-in form. @param saved the customer's cards @returns what it says, or what is wrong with it by field */
export function readPayment(
  record: SessionRecord,
  form: Form,
  saved: CardRecord[] = [],
): { details: PaymentDetails } | { faults: Partial<Record<Field, string>> } {
  const { session, rates } = record;
  const given = Object.fromEntries(FIELDS.map((field) => [field, form[field].trim()])) as Form;
  const faults: Partial<Record<Field, string>> = {};
  const need = (field: Field, words: string): void => {
    if (given[field] === '') faults[field] = words;
  };
  const email = knownEmail(session) ?? given.email;
  if (!/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email))
    faults.email = 'Enter an e-mail address, like name@example.com.';
  need('name', 'Enter a name.');
  if (asksForAddress(session)) {
    need('line1', 'Enter the street and number.');
    need('city', 'Enter the city.');
    if (hasPostalCodes(given.country)) need('postal_code', 'Enter the postal code.');
    if (!countriesOf(session).includes(given.country)) faults.country = 'Choose one of these countries.';
  }
  if (rates.length > 0 && !rates.some(({ id }) => id === given.shipping_rate))
    faults.shipping_rate = 'Choose how to ship it.';
  const kept = saved.find(({ card }) => card.id === given.method);
  const method = isFree(record, given.shipping_rate)
    ? 'ok'
    : (kept?.behaves ?? choicesOf(session).find((one) => one === given.method));
  for (const field of FIELDS)
    if (given[field].length > LONGEST) faults[field] = `Use at most ${LONGEST} characters.`;
  if (method === undefined) faults.method = 'Choose how to pay.';
  if (method === undefined || Object.keys(faults).length > 0) return { faults };
  const address = asksForAddress(session) ? addressFrom(given) : null;
  return {
    details: {
      ...{ method, email, name: given.name, address },
      shipping_rate: given.shipping_rate || undefined,
      card: kept?.card.id,
      save: given.save !== '' && offersToSave(session),
    },
  };
}

const addressFrom = (given: Form): Stripe.Address => ({
  line1: given.line1,
  line2: given.line2 || null,
  city: given.city,
  state: given.state || null,
  postal_code: given.postal_code || null,
  country: given.country,
});
