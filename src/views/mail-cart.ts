import type { MailCart } from '../domain/mail-cart.ts';
import type { MailMerchant } from '../domain/mail-content.ts';
import type { Block } from './mail-blocks.ts';
import type { MailLinks } from './mail-update.ts';
import { obstacleText } from './obstacle-text.ts';
import { promiseText } from './price-text.ts';
import type { Texts } from './texts.ts';

/** The lines of a cart and what they cost. What cannot be bought says so instead of its price. */
export function cartLines(cart: MailCart, { locale }: MailMerchant, texts: Texts): Block {
  const lines = cart.lines.map(({ blocked, ...line }) => ({
    ...line,
    note: blocked && obstacleText(blocked.obstacle, blocked, texts),
  }));
  return { kind: 'lines', lines, totals: cart, currency: cart.currency, locale };
}

/** What is promised of the prices of a cart's lines, in a sentence for each. */
export function promises(
  { lines, currency }: MailCart,
  merchant: { locale: string; timezone: string | undefined },
  texts: Texts,
): Block[] {
  return lines.flatMap(({ title, promise }): Block[] => {
    if (!promise) return [];
    const until = promise.until === null ? null : new Date(promise.until);
    const said = promiseText({ ...promise, until }, { ...merchant, currency }, texts);
    return [{ kind: 'small', text: lines.length > 1 ? `${title}: ${said}` : said }];
  });
}

/** What there is to know before a cart is paid, besides its lines. */
export function cartNotes(cart: MailCart, { name }: MailMerchant, texts: Texts): Block[] {
  const t = texts.connect;
  return [...(cart.taxed ? [t.taxLater] : []), ...(cart.later ? [t.notReady(name)] : [])].map((text) => ({
    kind: 'small',
    text,
  }));
}

/** That deleting a reply does not empty the cart, and the links that do. */
export function deleting(
  carts: Array<{ id: string; text: string }>,
  texts: Texts,
  links: Pick<MailLinks, 'cart'>,
): Block[] {
  if (carts.length === 0) return [];
  return [
    { kind: 'small', text: texts.ways.mail.deleting },
    ...carts.map(({ id, text }): Block => ({ kind: 'link', text, href: `${links.cart(id)}/empty` })),
  ];
}

/** The same for the one cart that a mail is about. */
export const deletingFrom = (cart_id: string, texts: Texts, links: Pick<MailLinks, 'cart'>): Block[] =>
  deleting([{ id: cart_id, text: texts.ways.mail.empty }], texts, links);

/** Whether a cart can be paid as it is. */
export const canBePaid = (cart: MailCart): boolean =>
  !cart.later && cart.lines.length > 0 && cart.lines.every(({ blocked }) => !blocked);
