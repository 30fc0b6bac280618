import { postAddress } from '../domain/catalog-file.ts';
import type { MailContent } from '../domain/mail-content.ts';
import { addressLine } from './address.ts';
import type { Block, Mail } from './mail-blocks.ts';
import { deletingFrom } from './mail-cart.ts';
import type { MailLinks } from './mail-update.ts';
import type { Texts } from './texts.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const small = (text: string): Block => ({ kind: 'small', text });

/** That a reply's purchase is about to be made, or waits to be confirmed; with the way to undo it. */
export function buyingMail(
  content: Extract<MailContent, { kind: 'buying' }>,
  texts: Texts,
  links: MailLinks,
): Pick<Mail, 'subject' | 'blocks'> {
  const { merchant, post_id, cart_id, lines, totals, currency, card, ship_to, doubt } = content;
  const { mail: t, doubt: doubts } = texts.buyNow;
  const href = `${links.cart(cart_id)}/buying/${post_id}`;
  const told = doubt
    ? [paragraph(doubts[doubt]), paragraph(t.nothingYet)]
    : [paragraph(t.buying(card, links.undoSeconds))];
  return {
    subject: doubt ? t.subjectConfirm(merchant.name) : t.subjectBuying(merchant.name),
    blocks: [
      paragraph(texts.mail.greeting(links.handle)),
      ...told,
      { kind: 'lines', lines, totals, currency, locale: merchant.locale },
      ...(ship_to ? [paragraph(t.shipTo(addressLine(ship_to)))] : []),
      { kind: 'button', text: doubt ? t.confirm : t.undo, href },
      ...(doubt ? [small(t.otherwise)] : [small(t.undoNote)]),
      ...deletingFrom(cart_id, texts, links),
      { kind: 'link', text: t.reply, href: postAddress('i', post_id) },
      small(t.stop),
      { kind: 'link', text: t.stopLink, href: `${links.publicUrl}/me` },
      small(texts.mail.receipt.questions(merchant.support_email)),
      small(texts.mail.receipt.returns(merchant.returns_policy)),
    ],
  };
}

/** That a purchase came to nothing, and how to finish it. Nobody was charged. */
export function unboughtMail(
  { merchant, cart_id, titles, why }: Extract<MailContent, { kind: 'unbought' }>,
  texts: Texts,
  links: MailLinks,
): Pick<Mail, 'subject' | 'blocks'> {
  const { mail: t } = texts.buyNow;
  return {
    subject: t.subjectUnbought(merchant.name),
    blocks: [
      paragraph(texts.mail.greeting(links.handle)),
      paragraph(t.unbought[why]),
      { kind: 'list', items: titles },
      ...(cart_id
        ? [
            paragraph(t.inCart),
            { kind: 'button' as const, text: t.finish[why], href: links.cart(cart_id) },
            ...deletingFrom(cart_id, texts, links),
          ]
        : []),
      small(texts.mail.receipt.questions(merchant.support_email)),
    ],
  };
}

/** To who wrote a tag that buys and has not agreed to that: how the next one will. */
export function invitation(merchant_id: string, merchant: string, texts: Texts, links: MailLinks): Block[] {
  const { mail: t } = texts.buyNow;
  return [
    paragraph(t.invite(merchant)),
    { kind: 'link', text: t.inviteLink, href: `${links.publicUrl}/buy-now/${merchant_id}` },
  ];
}
