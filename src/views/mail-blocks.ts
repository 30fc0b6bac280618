import type { PricedLine, Totals } from '../domain/cart.ts';
import { formatMoney, formatTotal } from '../domain/currency.ts';
import type { Texts } from './texts.ts';

/** A piece of a mail. Each is written once and becomes HTML and plain text. */
export type Block =
  | { kind: 'paragraph' | 'heading' | 'small'; text: string }
  | { kind: 'list' | 'address'; items: string[] }
  /** To be typed where it is asked for; the other to be shown and read aloud. */
  | { kind: 'code' | 'voucher'; text: string }
  | { kind: 'button' | 'link'; text: string; href: string }
  /** Several answers to one question. */
  | { kind: 'choices'; items: Array<{ text: string; href: string }> }
  | { kind: 'lines'; lines: BlockLine[]; totals: Sums; currency: string; locale: string };

/** A line of a cart or an order; where it has a note, that is said instead of its price. */
export type BlockLine = PricedLine & { note?: string };

export interface Mail {
  subject: string;
  /** What mail programs show in their lists, behind the subject; by default what comes before products are named. */
  preview?: string;
  blocks: Block[];
  /** Small print: who sends this, why, and where to read more. */
  footer: Block[];
}

/** How many there are of a line, and of what. Of a gift there is only how much. */
export const lineName = ({ kind, quantity, title }: PricedLine): string =>
  kind === 'donation' ? title : `${quantity} × ${title}`;

/** The rows below the lines of a cart or an order. */
export function sums(
  // Mails that were written before tax was known of say nothing of it.
  { shipping, subtotal, tax = 0, total, tax_included = 0 }: Sums,
  texts: Texts,
  { currency, locale }: { currency: string; locale: string },
): Array<[string, string]> {
  const { sum } = texts.mail;
  const money = (amount: number): string => formatMoney(amount, currency, locale);
  const { connect } = texts;
  const row = (name: string, amount: number): Array<[string, string]> =>
    amount > 0 ? [[name, money(amount)]] : [];
  return [
    ...(shipping + tax > 0 ? row(sum.subtotal, subtotal) : []),
    ...row(sum.shipping, shipping),
    ...row(connect.tax, tax),
    ...row(connect.taxIncluded, tax_included),
    [sum.total, formatTotal(total, currency, locale)],
  ];
}

/** The amounts below the lines of a cart or an order, in minor units. */
export type Sums = Omit<Totals, 'tax'> & { tax?: number; tax_included?: number };
