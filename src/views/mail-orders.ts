import type { ProductKind } from '../db/schema.ts';
import { formatMoney } from '../domain/currency.ts';
import type { AboutDispute, MailContent, MailMerchant } from '../domain/mail-content.ts';
import { cancelText } from './cancel-text.ts';
import type { Block } from './mail-blocks.ts';
import { canBePaid, cartLines, deletingFrom } from './mail-cart.ts';
import type { MailLinks, Written } from './mail-update.ts';
import type { Texts } from './texts.ts';
import { deadlineText } from './time-text.ts';

/** Mails about what becomes of an order after it was paid. */

type Of<K extends MailContent['kind']> = Extract<MailContent, { kind: K }>;

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const small = (text: string): Block => ({ kind: 'small', text });

/** On a receipt: the order's page, and until when the order may be cancelled. */
export function orderLinks(
  { order, merchant, cancel_until, timezone }: Of<'receipt'>,
  texts: Texts,
  links: MailLinks,
): Block[] {
  const t = texts.after;
  const href = links.order(order.id);
  const see: Block = { kind: 'link', text: t.order.see, href };
  if (!cancel_until) return [see];
  const until = deadlineText(new Date(cancel_until), { locale: merchant.locale, timezone }, texts);
  return [
    see,
    small(cancelText(order.lines, until, texts)),
    { kind: 'link', text: t.mail.cancel, href: `${href}/cancel` },
  ];
}

/** To the merchant: that an order is cancelled, and what that means for each kind of what is in it. */
export function cancelledMail({ order, by_shopper }: Of<'cancelled'>, texts: Texts): Written {
  const t = texts.after.mail.cancelled;
  const has = (kind: ProductKind): boolean => order.lines.some((line) => line.kind === kind);
  const kinds = (['physical', 'digital', 'service'] as const).filter(has);
  return {
    subject: has('physical') ? t.subject(order.id) : t.subjectDigital(order.id),
    blocks: [
      paragraph([by_shopper ? t.byShopper : t.byStaff, ...kinds.map((kind) => t[kind])].join(' ')),
      {
        kind: 'list',
        items: order.lines.map(({ quantity, sku, title }) => `${quantity} × ${sku} (${title})`),
      },
      ...(has('physical') || has('service') ? [small(t.stock)] : []),
    ],
  };
}

/** To the shopper: what their order holds instead. */
export function swappedMail(
  { swap, merchant }: Of<'swapped' | 'order_swapped'>,
  texts: Texts,
  links: MailLinks,
): Written {
  const { order, mail } = texts.after;
  return {
    subject: mail.swapped.subject(swap.order_id, merchant.name),
    blocks: [
      paragraph(texts.mail.greeting(links.handle)),
      paragraph(mail.swapped.text),
      { kind: 'list', items: [order.changed(swap.quantity, swap.from, swap.to)] },
      { kind: 'link', text: order.see, href: links.order(swap.order_id) },
      small(texts.mail.receipt.questions(merchant.support_email)),
    ],
  };
}

/** To the merchant: what to send instead. */
export function orderSwappedMail({ swap }: Of<'swapped' | 'order_swapped'>, texts: Texts): Written {
  const t = texts.after.mail.orderSwapped;
  const named = (sku: string, title: string): string => `${sku} (${title})`;
  return {
    subject: t.subject(swap.order_id),
    blocks: [
      paragraph(swap.by_shopper ? t.byShopper : t.byStaff),
      {
        kind: 'list',
        items: [t.item(swap.quantity, named(swap.to_sku, swap.to), named(swap.from_sku, swap.from))],
      },
    ],
  };
}

/** To the shopper: their bank has not paid, and the cart is open again. */
export function failedMail(
  { merchant, cart }: Of<'payment_failed'>,
  texts: Texts,
  links: MailLinks,
): Written {
  const t = texts.after.mail.failed;
  const { update } = texts.mail;
  return {
    subject: t.subject(merchant.name),
    blocks: [
      paragraph(texts.mail.greeting(links.handle)),
      paragraph(t.text),
      cartLines(cart, merchant, texts),
      {
        kind: 'button',
        text: canBePaid(cart) ? update.button : texts.mailControl.lookButton,
        href: links.cart(cart.id),
      },
      ...deletingFrom(cart.id, texts, links),
      small(texts.mail.receipt.questions(merchant.support_email)),
    ],
  };
}

/** To the merchant, or whoever runs this: what a bank or a network says of a payment. */
export function disputeMail(
  about: AboutDispute & { merchant?: MailMerchant },
  texts: Texts,
  links: MailLinks,
): Written {
  const t = texts.after.mail.dispute;
  const key = about.about === 'fraud_warning' ? 'warning' : about.phase;
  const locale = about.merchant?.locale ?? texts.language;
  const open = key === 'open' || key === 'inquiry';
  return {
    subject: t.subject[key](formatMoney(about.amount, about.currency, locale)),
    blocks: [
      paragraph(t.text[key]),
      {
        kind: 'list',
        items: [
          about.order_id === null ? t.noOrder : t.order(about.order_id),
          t.payment(about.payment_id),
          t.reason(about.reason.replaceAll('_', ' ')),
          ...(open && about.answer_until
            ? [t.until(deadlineText(new Date(about.answer_until), { locale }, texts))]
            : []),
        ],
      },
      ...(about.merchant || about.order_id === null
        ? []
        : [
            {
              kind: 'link' as const,
              text: t.order(about.order_id),
              href: `${links.publicUrl}/support/orders/${about.order_id}`,
            },
          ]),
    ],
  };
}
