import type { CardRecord } from './card.ts';
import type { FieldFaults } from './page-field.tsx';
import { PaymentForm } from './page-form.tsx';
import { Shell } from './page-shell.tsx';
import { Summary } from './page-summary.tsx';
import type { Form } from './payment-details.ts';
import type { SessionRecord } from './session.ts';

interface CheckoutProps {
  record: SessionRecord;
  merchant: string;
  /** Where the form goes: a path on the page's own origin. */
  action: string;
  form: Form;
  faults?: FieldFaults;
  /** The customer's cards. */
  saved?: CardRecord[];
  /** Why the last attempt to pay did not work. */
  message?: string;
}

/** The page that a session's address leads to. */
export function CheckoutPage({ record, merchant, action, form, saved, faults = {}, message }: CheckoutProps) {
  const wrong = message !== undefined || Object.keys(faults).length > 0;
  return (
    <Shell title={`${wrong ? 'Problem: ' : ''}Pay ${merchant}`}>
      <main>
        {wrong && <Problems faults={faults} message={message} />}
        <div class="checkout">
          <Summary record={record} merchant={merchant} />
          <section class="main" aria-label="Payment">
            <PaymentForm {...{ record, action, form, faults, saved }} />
          </section>
        </div>
      </main>
    </Shell>
  );
}

/** What to do something about: first on the page, and where the focus starts, so that it is read out. */
function Problems({ faults, message }: { faults: FieldFaults; message: string | undefined }) {
  return (
    <div class="problems" role="alert" tabindex={-1} autofocus={true}>
      <div>
        <h2>{message ?? 'Please check what you entered'}</h2>
        {message === undefined ? (
          <ul>
            {Object.entries(faults).map(([field, words]) => (
              <li>
                <a href={`#${field}`}>{words}</a>
              </li>
            ))}
          </ul>
        ) : (
          <p>You have not been charged. Choose another card, or try again.</p>
        )}
      </div>
    </div>
  );
}
