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
