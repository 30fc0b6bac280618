import type { MailCart, MailMerchant } from '../domain/mail.ts';
import type { Block } from './mail-blocks.ts';
import { obstacleText } from './obstacle-text.ts';
import type { Texts } from './texts.ts';

/** The lines of a cart and what they cost. What cannot be bought says so instead of its price. */
export function cartLines(cart: MailCart, { locale }: MailMerchant, texts: Texts): Block {
  const lines = cart.lines.map(({ blocked, ...line }) => ({
    ...line,
    note: blocked && obstacleText(blocked.obstacle, blocked, texts),
  }));
  return { kind: 'lines', lines, totals: cart, currency: cart.currency, locale };
}

/** What there is to know before a cart is paid, besides its lines. */
export function cartNotes(cart: MailCart, { name }: MailMerchant, texts: Texts): Block[] {
  const t = texts.connect;
  return [...(cart.taxed ? [t.taxLater] : []), ...(cart.later ? [t.notReady(name)] : [])].map((text) => ({
    kind: 'small',
    text,
  }));
}

/** Whether a cart can be paid as it is. */
export const canBePaid = (cart: MailCart): boolean =>
  !cart.later && cart.lines.length > 0 && cart.lines.every(({ blocked }) => !blocked);
