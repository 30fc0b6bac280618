import type { CardRecord } from './card.ts';
import { countryName } from './countries.ts';
import { money } from './currencies.ts';
import { Fault, type FieldFaults, SelectField, TextField } from './page-field.tsx';
import {
  asksForAddress,
  choicesOf,
  countriesOf,
  type Form,
  knownEmail,
  offersToSave,
} from './payment-details.ts';
import { CARDS, type CardMethod, type Method } from './payment-methods.ts';
import type { SessionRecord } from './session.ts';

interface FormProps {
  record: SessionRecord;
  action: string;
  form: Form;
  faults: FieldFaults;
  /** The customer's cards. */
  saved?: CardRecord[];
}

const VERBS: Record<string, string> = { book: 'Book', donate: 'Donate' };

/** The form to pay with. The total that it shows goes along: nobody pays another one. */
export function PaymentForm({ record, action, form, faults, saved = [] }: FormProps) {
  const { session } = record;
  const total = session.amount_total ?? 0;
  const isSetup = session.mode === 'setup';
  const verb = VERBS[session.submit_type ?? ''] ?? 'Pay';
  return (
    <form method="post" action={action} novalidate={true}>
      <input type="hidden" name="total" value={String(total)} />
      <fieldset>
        <legend>Contact</legend>
        <TextField
          {...{ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', form, faults }}
          readonly={knownEmail(session) !== null}
        />
      </fieldset>
      <Address {...{ record, form, faults }} />
      <ShippingOptions {...{ record, form, faults }} />
      {(total > 0 || isSetup) && (
        <fieldset>
          <legend>Payment</legend>
          <SelectField
            {...{ name: 'method', label: 'Test card or account', autocomplete: 'off', form, faults }}
            options={[
              ...saved.map(({ card }): [string, string] => [
                card.id,
                `Saved: Visa ending in ${card.card?.last4}`,
              ]),
              ...choicesOf(session).map((method): [string, string] => [method, describeMethod(method)]),
            ]}
          >
            <p class="hint">Choose what is to happen. A real page would ask for a card number here.</p>
          </SelectField>
          {offersToSave(session) && (
            <label class="choice">
              <input type="checkbox" name="save" value="yes" />
              <span>Save my payment information for later</span>
            </label>
          )}
        </fieldset>
      )}
      {session.custom_text.submit && <p class="hint">{session.custom_text.submit.message}</p>}
      <button type="submit">
        {isSetup
          ? 'Save card'
          : total > 0
            ? `${verb} ${money(total, session.currency ?? 'usd')}`
            : 'Complete order'}
      </button>
      {session.custom_text.after_submit && <p class="small">{session.custom_text.after_submit.message}</p>}
    </form>
  );
}

function describeMethod(method: Method | CardMethod): string {
  if (method === 'bank_debit') return 'Bank debit: the order is placed now, the bank tells later';
  return `Visa ending in ${CARDS[method].last4}: ${CARDS[method].words}`;
}

function Address({ record: { session }, form, faults }: Omit<FormProps, 'action'>) {
  const shipped = session.shipping_address_collection !== null;
  const kind = shipped ? 'shipping' : 'billing';
  const props = { form, faults };
  if (!asksForAddress(session))
    return (
      <fieldset>
        <legend>Payer</legend>
        <TextField name="name" label="Name" autocomplete="cc-name" {...props} />
      </fieldset>
    );
  return (
    <fieldset>
      <legend>{shipped ? 'Shipping address' : 'Billing address'}</legend>
      <TextField name="name" label="Full name" autocomplete={`${kind} name`} {...props} />
      <SelectField
        name="country"
        label="Country"
        autocomplete={`${kind} country`}
        options={countriesOf(session)
          .map((code): [string, string] => [code, countryName(code)])
          .sort(([, a], [, b]) => a.localeCompare(b))}
        {...props}
      />
      <TextField name="line1" label="Street and number" autocomplete={`${kind} address-line1`} {...props} />
      <TextField
        name="line2"
        label="Flat, floor"
        autocomplete={`${kind} address-line2`}
        required={false}
        {...props}
      />
      <div class="pair">
        <TextField name="postal_code" label="Postal code" autocomplete={`${kind} postal-code`} {...props} />
        <TextField name="city" label="City" autocomplete={`${kind} address-level2`} {...props} />
      </div>
      <TextField
        name="state"
        label="State or region"
        autocomplete={`${kind} address-level1`}
        required={false}
        {...props}
      />
      {session.custom_text.shipping_address && (
        <p class="hint">{session.custom_text.shipping_address.message}</p>
      )}
    </fieldset>
  );
}

function ShippingOptions({ record: { session, rates }, form, faults }: Omit<FormProps, 'action'>) {
  const [only] = rates;
  if (!only) return null;
  if (rates.length === 1) return <input type="hidden" name="shipping_rate" value={only.id} />;
  return (
    <fieldset id="shipping_rate">
      <legend>Shipping</legend>
      {rates.map((rate) => (
        <label class="choice">
          <input type="radio" name="shipping_rate" value={rate.id} checked={rate.id === form.shipping_rate} />
          <span>{rate.display_name}</span>
          <span class="sum">{money(rate.fixed_amount?.amount ?? 0, session.currency ?? 'usd')}</span>
        </label>
      ))}
      <Fault name="shipping_rate" faults={faults} />
    </fieldset>
  );
}
