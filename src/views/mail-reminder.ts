import type { MailContent } from '../domain/mail-content.ts';
import type { Block, Mail } from './mail-blocks.ts';
import { canBePaid, cartLines, cartNotes, deletingFrom, promises } from './mail-cart.ts';
import type { MailLinks } from './mail-update.ts';
import type { Texts } from './texts.ts';
import { timeText } from './time-text.ts';

/** A reminder of what waits in a cart. */
export function reminder(
  { merchant, cart, step, held_until, timezone }: Extract<MailContent, { kind: 'reminder' }>,
  texts: Texts,
  links: MailLinks,
): Pick<Mail, 'subject' | 'blocks'> {
  const t = texts.mailControl.reminder;
  const title = cart.lines.find(({ blocked, sensitive }) => !blocked && !sensitive)?.title ?? null;
  const until = held_until && timeText(new Date(held_until), { ...merchant, timezone }, texts);
  const ends = step === 'hold' && until;
  const blocks: Block[] = [
    { kind: 'paragraph', text: texts.mail.greeting(links.handle) },
    { kind: 'paragraph', text: ends ? t.textHold(merchant.name, until) : t.text(merchant.name) },
    cartLines(cart, merchant, texts),
    ...promises(cart, { ...merchant, timezone }, texts),
    ...cartNotes(cart, merchant, texts),
    {
      kind: 'button',
      text: canBePaid(cart) ? texts.mail.update.button : texts.mailControl.lookButton,
      href: links.cart(cart.id),
    },
    ...deletingFrom(cart.id, texts, links),
    ...(until && !ends ? [{ kind: 'small', text: t.kept(until) } as const] : []),
    { kind: 'small', text: texts.mail.update.keep(links.linkDays) },
    { kind: 'small', text: t.most },
  ];
  return { subject: ends ? t.subjectHold(title, merchant.name) : t.subject(title, merchant.name), blocks };
}
