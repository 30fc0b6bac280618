import { money } from './currencies.ts';
import { Shell } from './page-shell.tsx';
import type { SessionRecord } from './session.ts';

/** The page of the shopper's bank (3-D Secure): the payment goes on as the shopper answers. */
export function BankPage({
  record,
  merchant,
  action,
}: {
  record: SessionRecord;
  merchant: string;
  action: string;
}) {
  const { session } = record;
  return (
    <Shell title="Confirm your payment">
      <main class="card">
        <h1>Your bank asks: is this you?</h1>
        <p>
          {merchant} wants to charge {money(session.amount_total ?? 0, session.currency ?? 'usd')} to your
          card. A real bank would ask for a code or its app now (3-D Secure).
        </p>
        <form method="post" action={action}>
          <button type="submit" name="result" value="complete">
            Complete
          </button>
          <button type="submit" name="result" value="fail" class="other">
            Fail
          </button>
        </form>
      </main>
    </Shell>
  );
}

/** The page of a payment that the shopper's bank decides days later: whoever opens it plays the bank. */
export function DebitPage({
  record,
  merchant,
  action,
  onward,
}: {
  record: SessionRecord;
  merchant: string;
  action: string;
  /** Where the shop goes on. */
  onward: string;
}) {
  const { session } = record;
  return (
    <Shell title="The bank is at it">
      <main class="card">
        <h1>The bank is at it</h1>
        <p>
          {merchant} gets {money(session.amount_total ?? 0, session.currency ?? 'usd')} by bank debit, if the
          bank agrees. A real one takes some days to say so; here you may decide.
        </p>
        <form method="post" action={`${action}/bank`}>
          <button type="submit" name="result" value="pay">
            The bank pays
          </button>
          <button type="submit" name="result" value="refuse" class="other">
            The bank refuses
          </button>
        </form>
        <p>
          <a href={onward}>See your order</a>
        </p>
      </main>
    </Shell>
  );
}
