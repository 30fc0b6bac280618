import type { MailContent } from '../domain/mail-content.ts';
import type { Block, Mail } from './mail-blocks.ts';
import type { MailLinks } from './mail-update.ts';
import type { Texts } from './texts.ts';
import { dayText } from './time-text.ts';

/** To the merchant: Stripe takes no payments for them any more, and what is to be done about that. */
export function accountMail(
  { merchant, standing, written_at }: Extract<MailContent, { kind: 'account_stopped' }>,
  texts: Texts,
  links: MailLinks,
): Pick<Mail, 'subject' | 'blocks'> {
  const t = texts.connect.stopped;
  const { href, until } = links.account(merchant.id, new Date(written_at));
  const cure: Block[] =
    standing === 'gone'
      ? []
      : [
          { kind: 'button', text: t.button, href },
          { kind: 'small', text: t.until(dayText(until, { ...merchant, timezone: 'UTC' }, texts)) },
        ];
  return {
    subject: t.subject,
    blocks: [
      { kind: 'paragraph', text: t.text },
      { kind: 'paragraph', text: texts.connect.account[standing] },
      ...cure,
    ],
  };
}
