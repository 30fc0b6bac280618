import type { PricedLine, Totals } from '../domain/cart.ts';
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
  | { kind: 'lines'; lines: BlockLine[]; totals: Totals; currency: string; locale: string };

/** A line of a cart or an order; where it has a note, that is said instead of its price. */
export type BlockLine = PricedLine & { note?: string };

export interface Mail {
  subject: string;
  blocks: Block[];
  /** Small print: who sends this, why, and where to read more. */
  footer: Block[];
}

/** How many there are of a line, and of what. Of a gift there is only how much. */
export const lineName = ({ kind, quantity, title }: PricedLine): string =>
  kind === 'donation' ? title : `${quantity} × ${title}`;

/** The rows below the lines of a cart or an order. */
export function sums(
  { shipping, subtotal, total }: Totals,
  texts: Texts,
  money: (amount: number) => string,
): Array<[string, string]> {
  const { sum } = texts.mail;
  const parts: Array<[string, string]> =
    shipping > 0
      ? [
          [sum.subtotal, money(subtotal)],
          [sum.shipping, money(shipping)],
        ]
      : [];
  return [...parts, [sum.total, money(total)]];
}
