import { isAboutCarts } from '../domain/mail.ts';
import type { MailContent } from '../domain/mail-content.ts';
import type { Block } from './mail-blocks.ts';
import type { MailLinks } from './mail-update.ts';
import type { Texts } from './texts.ts';

const small = (text: string): Block => ({ kind: 'small', text });

/** Small print: who sells, why this mail came, where to read more, and how to end such mail. */
export function footer(
  content: MailContent,
  texts: Texts,
  { publicUrl, unsubscribe }: Pick<MailLinks, 'publicUrl' | 'unsubscribe'>,
): Block[] {
  const [t, own] = [texts.mail, texts.mailControl.footer];
  const merchant = 'merchant' in content ? content.merchant : null;
  const link = (text: string, href: string): Block => ({ kind: 'link', text, href });
  const page = (text: string, path: string): Block => link(text, `${publicUrl}${path}`);
  return [
    ...(merchant ? [small(t.onBehalf(merchant.name, merchant.postal_address))] : []),
    ...(isAboutCarts(content.kind) ? [small(t.why(merchant?.name ?? null))] : []),
    ...(unsubscribe && content.kind === 'reminder'
      ? [link(own.noReminders, `${unsubscribe}/reminders`)]
      : []),
    ...(unsubscribe ? [link(own.unsubscribe, unsubscribe)] : []),
    ...(merchant ? [page(t.footer.merchant, `/m/${merchant.id}`)] : []),
    page(t.footer.privacy, '/privacy'),
    page(t.footer.terms, '/terms'),
    page(t.footer.cart, '/cart'),
  ];
}
