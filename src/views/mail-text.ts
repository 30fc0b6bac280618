import { formatMoney } from '../domain/currency.ts';
import { type Block, lineName, sums } from './mail-blocks.ts';
import type { Texts } from './texts.ts';

/** A mail as plain text: written from the same pieces as its HTML, not stripped from it. */
export function toText(blocks: Block[], footer: Block[], texts: Texts): string {
  const part = (each: Block[]): string => each.map((block) => blockText(block, texts)).join('\n\n');
  return `${part(blocks)}\n\n-- \n${part(footer)}\n`;
}

function blockText(block: Block, texts: Texts): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'='.repeat(Math.min(block.text.length, 60))}`;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'address':
      return block.items.join('\n');
    case 'code':
    case 'voucher':
      return `    ${block.text}`;
    case 'button':
    case 'link':
      return `${block.text}\n${block.href}`;
    case 'choices':
      return block.items.map(({ text, href }) => `${text}\n${href}`).join('\n');
    case 'lines': {
      const money = (amount: number): string => formatMoney(amount, block.currency, block.locale);
      const rows = [
        ...block.lines.map((line) => [lineName(line), line.note ?? money(line.price * line.quantity)]),
        ...sums(block.totals, texts, block),
      ];
      return rows.map(([name, amount]) => `${name}: ${amount}`).join('\n');
    }
    default:
      return block.text;
  }
}
