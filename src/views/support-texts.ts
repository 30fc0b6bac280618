import { formatMoney } from '../domain/currency.ts';
import type { Entry } from '../domain/support.ts';
import { en } from './texts/en.ts';

/** What happened, in a sentence for staff. */
export function entryText(entry: Entry): string {
  const money = (amount: number, currency: string): string => formatMoney(amount, currency, 'en');
  switch (entry.kind) {
    case 'reply': {
      const what = [entry.outcome, entry.reason].filter(Boolean).join(': ');
      const said = entry.text === null ? '' : ` “${entry.text}”`;
      return `Reply ${entry.post_id}${said} became ${what}. ${en.outcome({ ...entry, among: entry.detail.among ?? [] })} ${en.why(entry.detail)}`.trimEnd();
    }
    case 'line':
      return entry.quantity === 0
        ? `Removed ${entry.sku} from cart ${entry.cart_id} on the page.`
        : `Set ${entry.sku} to ${entry.quantity} in cart ${entry.cart_id} on the page.`;
    case 'consent':
      return `Agreed to the text about ${entry.consent_kind}, version ${entry.text_version} (${entry.locale})${entry.withdrawn_at ? `, until ${entry.withdrawn_at.toISOString()}` : ''}.`;
    case 'mail':
      return `Mail ${entry.id} (${entry.mail_kind}): ${entry.status}${entry.attempts > 1 ? `, ${entry.attempts} attempts` : ''}${entry.error ? `. ${entry.error}` : ''}.`;
    case 'checkout':
      return `Checkout ${entry.id} of cart ${entry.cart_id} over ${money(entry.total, entry.currency)}: ${entry.status} (${entry.session_id ?? 'no session yet'}).`;
    case 'event':
      return `Stripe told ${entry.type} (${entry.id})${entry.processed ? '' : ', not processed yet'}${entry.error ? `. ${entry.error}` : ''}.`;
    case 'payment':
      return `Payment ${entry.id} of ${money(entry.amount, entry.currency)}: ${entry.status}.`;
    case 'order':
      return `Order ${entry.id} over ${money(entry.total, entry.currency)}: ${entry.status}.`;
    case 'refund':
      return `Refund ${entry.id} of ${money(entry.amount, entry.currency)} (${entry.reason}): ${entry.status}${entry.stripe_id ? ` (${entry.stripe_id})` : ''}.`;
  }
}
