import type { MailContent } from '../domain/mail-content.ts';
import type { Block, Mail } from './mail-blocks.ts';
import type { MailLinks } from './mail-update.ts';
import type { Texts } from './texts.ts';
import { dayText } from './time-text.ts';

/** What of an order is downloaded, and the codes of its services. */
export function deliveryMail(
  content: Extract<MailContent, { kind: 'delivery' }>,
  texts: Texts,
  links: MailLinks,
): Pick<Mail, 'subject' | 'blocks'> {
  const { merchant, order_id, downloads, vouchers, again, timezone } = content;
  const t = texts.delivery.mail;
  const blocks: Block[] = [
    { kind: 'paragraph', text: texts.mail.greeting(links.handle) },
    { kind: 'paragraph', text: again ? t.again(merchant.name) : t.text(merchant.name) },
  ];
  for (const { id, title, left, expires_at } of downloads)
    blocks.push(
      { kind: 'button', text: t.download(title), href: links.download(id) },
      { kind: 'small', text: t.until(left, dayText(new Date(expires_at), { ...merchant, timezone }, texts)) },
    );
  for (const { id, title, used } of vouchers)
    blocks.push(
      { kind: 'heading', text: title },
      used ? { kind: 'small', text: t.used } : { kind: 'voucher', text: links.code(id) },
    );
  if (vouchers.some(({ used }) => !used)) blocks.push({ kind: 'paragraph', text: t.codes(merchant.name) });
  blocks.push({ kind: 'small', text: texts.mail.receipt.questions(merchant.support_email) });
  return { subject: t.subject(order_id, merchant.name), blocks };
}
