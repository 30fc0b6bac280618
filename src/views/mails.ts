import { needsShipping } from '../domain/cart.ts';
import { postAddress } from '../domain/catalog-file.ts';
import { formatMoney } from '../domain/currency.ts';
import type { MailContent, MailMerchant, MailOrder, ToldReply } from '../domain/mail.ts';
import type { ShipTo } from '../domain/order.ts';
import { oneLine } from '../domain/text.ts';
import type { Block, Mail } from './mail-blocks.ts';
import type { Texts } from './texts.ts';

/** What a mail needs besides its content: where its links lead. */
export interface MailLinks {
  publicUrl: string;
  /** The address that opens a cart, by the cart's id. */
  cart: (cart_id: string) => string;
  linkDays: number;
  handle: string | null;
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (text: string): Block => ({ kind: 'heading', text });
const small = (text: string): Block => ({ kind: 'small', text });

/** Writes a mail. The same content gives the same mail. */
export function writeMail(content: MailContent, texts: Texts, links: MailLinks): Mail {
  const merchant = 'merchant' in content ? content.merchant : null;
  return { ...write(content, texts, links), footer: footer(content.kind, merchant, texts, links.publicUrl) };
}

function write(content: MailContent, texts: Texts, links: MailLinks): Pick<Mail, 'subject' | 'blocks'> {
  const t = texts.mail;
  switch (content.kind) {
    case 'update':
      return update(content, texts, links);
    case 'code':
      return {
        subject: t.code.subject(content.code),
        blocks: [paragraph(t.code.text), { kind: 'code', text: content.code }, small(t.code.ignore)],
      };
    case 'links':
      return {
        subject: t.links.subject,
        blocks: [
          paragraph(t.greeting(links.handle)),
          paragraph(content.carts.length > 0 ? t.links.text : t.links.none),
          ...content.carts.map(
            ({ id, merchant }): Block => ({
              kind: 'button',
              text: t.links.button(merchant.name),
              href: links.cart(id),
            }),
          ),
          small(t.links.ignore),
        ],
      };
    case 'receipt': {
      const { merchant, order } = content;
      return {
        subject: t.receipt.subject(order.id, merchant.name),
        blocks: [
          paragraph(t.greeting(links.handle)),
          paragraph(t.receipt.text(merchant.name)),
          linesOf(order, merchant),
          ...downloads(order, texts),
          ...address(t.receipt.shipTo, order.ship_to),
          small(t.receipt.questions(merchant.support_email)),
          small(t.receipt.returns(merchant.returns_policy)),
        ],
      };
    }
    case 'order': {
      const { merchant, order, shopper } = content;
      const digital = order.lines.some((line) => line.kind === 'digital');
      return {
        subject: needsShipping(order.lines) ? t.order.subject(order.id) : t.order.subjectDigital(order.id),
        blocks: [
          paragraph(t.order.text),
          {
            kind: 'list',
            items: order.lines.map((line) => `${line.quantity} × ${line.sku} (${line.title})`),
          },
          ...address(t.order.shipTo, order.ship_to),
          ...(digital ? [paragraph(t.order.digital)] : []),
          linesOf(order, merchant),
          small(t.order.shopper(shopper, order.email)),
        ],
      };
    }
    case 'unregistered': {
      const { merchant, post_id, replies } = content;
      return {
        subject: t.unregistered.subject(replies),
        blocks: [
          paragraph(t.unregistered.text(replies)),
          postLink(merchant, post_id),
          paragraph(t.unregistered.cure),
        ],
      };
    }
    case 'refund': {
      const { merchant, reason, titles } = content;
      const amount = formatMoney(content.amount, content.currency, merchant.locale);
      return {
        subject: t.refund.subject(amount, merchant.name),
        blocks: [
          paragraph(t.greeting(links.handle)),
          paragraph(t.refund.text(amount)),
          paragraph(t.refund.reason[reason]),
          paragraph(t.refund.items(titles)),
          small(t.receipt.questions(merchant.support_email)),
        ],
      };
    }
    case 'post_changed': {
      const { merchant, post_id, findings, text, tags } = content;
      const prices = content.prices.map((price) => formatMoney(price, merchant.currency, merchant.locale));
      return {
        subject: t.post.subject,
        blocks: [
          paragraph(t.post.text),
          { kind: 'list', items: findings.map((finding) => t.post.findings[finding](tags, prices)) },
          { kind: 'button', text: t.post.button, href: postAddress(merchant.username, post_id) },
          ...(text === null ? [] : [heading(t.post.heading), paragraph(oneLine(text))]),
          small(t.post.advice),
        ],
      };
    }
  }
}

function update(
  { merchant, replies, cart }: Extract<MailContent, { kind: 'update' }>,
  texts: Texts,
  links: MailLinks,
) {
  const t = texts.mail.update;
  const told = replies.map((reply) => texts.outcome(reply));
  const asked = replies.some((reply) => reply.outcome === 'asked');
  const filled = cart !== null && cart.lines.length > 0;
  const blocks: Block[] = [
    paragraph(texts.mail.greeting(links.handle)),
    ...(told.length === 1 ? told.map(paragraph) : [{ kind: 'list', items: told } as const]),
  ];
  if (merchant && cart && (filled || asked)) {
    if (filled)
      blocks.push(heading(t.cartHeading(merchant.name)), {
        kind: 'lines',
        lines: cart.lines,
        totals: cart,
        currency: cart.currency,
        locale: merchant.locale,
      });
    blocks.push({ kind: 'button', text: filled ? t.button : t.answerButton, href: links.cart(cart.id) });
    if (filled) blocks.push({ kind: 'link', text: t.undoLink, href: links.cart(cart.id) });
    blocks.push(small(t.keep(links.linkDays)), small(t.undo));
  } else if (merchant) {
    blocks.push(small(t.cartEmpty(merchant.name)));
  }
  return { subject: updateSubject(replies, merchant, texts), blocks };
}

/** The mail's news in a line: what was added, else what was asked. It is read over shoulders: nothing sensitive is in it. */
function updateSubject(all: ToldReply[], merchant: MailMerchant | null, texts: Texts): string {
  const t = texts.mail.update;
  if (!merchant) return t.subjectPlatform;
  const replies = all.filter(({ sensitive }) => !sensitive);
  const added = replies.find((reply) => reply.outcome === 'added' || reply.outcome === 'set');
  if (added?.title)
    return (added.detail.moved_up ? t.subjectTurn : t.subjectAdded)(added.title, merchant.name);
  const waiting = replies.find((reply) => reply.outcome === 'waitlisted');
  if (waiting?.title) return t.subjectWaiting(waiting.title, merchant.name);
  const asked = replies.find((reply) => reply.outcome === 'asked');
  return asked ? t.subjectAsked(asked.title ?? merchant.name) : t.subjectOther(merchant.name);
}

function postLink({ username }: MailMerchant, post_id: string): Block {
  const href = `https://x.com/${username}/status/${post_id}`;
  return { kind: 'link', text: href, href };
}

const linesOf = (order: MailOrder, { locale }: MailMerchant): Block => ({
  kind: 'lines',
  lines: order.lines,
  totals: order,
  currency: order.currency,
  locale,
});

function downloads(order: MailOrder, texts: Texts): Block[] {
  const links = order.lines.flatMap((line): Block[] =>
    line.delivery_url ? [{ kind: 'button', text: line.title, href: line.delivery_url }] : [],
  );
  return links.length > 0 ? [heading(texts.mail.receipt.downloads), ...links] : [];
}

function address(title: string, shipTo: ShipTo | null): Block[] {
  if (!shipTo) return [];
  const { line1, line2, city, state, postal_code, country } = shipTo.address;
  const parts = [shipTo.name, line1, line2, [postal_code, city, state].filter(Boolean).join(' '), country];
  return [heading(title), { kind: 'address', items: parts.filter((part): part is string => Boolean(part)) }];
}

function footer(
  kind: MailContent['kind'],
  merchant: MailMerchant | null,
  texts: Texts,
  publicUrl: string,
): Block[] {
  const t = texts.mail;
  const link = (text: string, path: string): Block => ({ kind: 'link', text, href: `${publicUrl}${path}` });
  return [
    ...(merchant ? [small(t.soldBy(merchant.name, merchant.postal_address))] : []),
    ...(kind === 'update' ? [small(t.why(merchant?.name ?? null))] : []),
    ...(merchant ? [link(t.footer.merchant, `/m/${merchant.id}`)] : []),
    link(t.footer.privacy, '/privacy'),
    link(t.footer.terms, '/terms'),
    link(t.footer.cart, '/cart'),
  ];
}
