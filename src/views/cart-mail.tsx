import type { Selectable } from 'kysely';
import type { Shopper } from '../db/schema.ts';
import type { QuietHours } from '../domain/reminder.ts';
import { maskEmail } from '../domain/text.ts';
import { Note } from './page.tsx';
import type { Texts } from './texts.ts';

export interface CartMailProps {
  /** The path of the cart's page. */
  path: string;
  shopper: Selectable<Shopper>;
  /** Where the shopper says what mail they want. */
  wishesPath: string;
  /** When no reminders come. */
  quiet: QuietHours;
  texts: Texts;
}

/** On a cart's page: an address that cannot be reached. */
export function UnreachableAddress({ shopper, texts }: Pick<CartMailProps, 'shopper' | 'texts'>) {
  const t = texts.mailControl.cart;
  if (!shopper.email || !shopper.email_refused_at) return null;
  return (
    <Note kind="warn">
      <p>{t.refused(maskEmail(shopper.email))}</p>
      <p>
        <a href="/link/email">{t.another}</a>
      </p>
    </Note>
  );
}

/** On a cart's page: whether its shopper wants to be reminded of it, or gets any mail at all. */
export function CartMail({ path, shopper, wishesPath, quiet, texts }: CartMailProps) {
  const t = texts.mailControl.cart;
  const { unsubscribed_at, opted_out_at, email, email_refused_at, reminders_at } = shopper;
  if (unsubscribed_at || opted_out_at)
    return (
      <p class="soft">
        {opted_out_at ? t.stopped : t.unsubscribed} <a href={wishesPath}>{t.change}</a>
      </p>
    );
  if (!email)
    return (
      <p class="soft">
        {texts.me.noMail} <a href="/link/email">{texts.me.addMail}</a>
      </p>
    );
  if (email_refused_at) return null;
  return (
    <section class="card" aria-labelledby="reminders">
      <h2 id="reminders">{reminders_at ? texts.mailControl.unsubscribe.remindersTitle : t.title}</h2>
      <p class="small">
        {reminders_at
          ? t.on
          : t.agree(quiet.from === quiet.to ? null : { ...quiet, own: shopper.timezone !== null })}
      </p>
      <form method="post" action={`${path}/reminders`}>
        <input type="hidden" name="wish" value={reminders_at ? 'no_reminders' : 'remind'} />
        <button class="plain" type="submit">
          {reminders_at ? texts.mailControl.unsubscribe.remindersButton : t.remind}
        </button>
      </form>
    </section>
  );
}
