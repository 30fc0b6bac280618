import type { ProductKind } from '../db/schema.ts';
import { isGift, needsDelivery, needsShipping } from '../domain/cart.ts';
import { postAddress } from '../domain/catalog-file.ts';
import { formatMoney } from '../domain/currency.ts';
import type { MailContent, MailMerchant, MailOrder } from '../domain/mail-content.ts';
import type { ShipTo } from '../domain/order.ts';
import { oneLine } from '../domain/text.ts';
import { addressLines } from './address.ts';
import { accountMail } from './mail-account.ts';
import type { Block, Mail } from './mail-blocks.ts';
import { deleting } from './mail-cart.ts';
import { deliveryMail } from './mail-delivery.ts';
import { footer } from './mail-footer.ts';
import {
  cancelledMail,
  disputeMail,
  failedMail,
  orderLinks,
  orderSwappedMail,
  swappedMail,
} from './mail-orders.ts';
import { buyingMail, unboughtMail } from './mail-purchase.ts';
import { reminder } from './mail-reminder.ts';
import { type MailLinks, updateMail, type Written } from './mail-update.ts';
import type { Texts } from './texts.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (text: string): Block => ({ kind: 'heading', text });
const small = (text: string): Block => ({ kind: 'small', text });

/** Writes a mail. The same content gives the same mail. */
export function writeMail(content: MailContent, texts: Texts, links: MailLinks): Mail {
  return { ...write(content, texts, links), footer: footer(content, texts, links) };
}

function write(content: MailContent, texts: Texts, links: MailLinks): Written {
  const t = texts.mail;
  switch (content.kind) {
    case 'update':
      return updateMail(content, texts, links);
    case 'reminder':
      return reminder(content, texts, links);
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
          ...deleting(
            content.carts
              .filter(({ cart }) => cart.lines.length > 0)
              .map(({ id, merchant }) => ({ id, text: texts.ways.mail.emptyOf(merchant.name) })),
            texts,
            links,
          ),
          small(t.links.ignore),
        ],
      };
    case 'buying':
      return buyingMail(content, texts, links);
    case 'unbought':
      return unboughtMail(content, texts, links);
    case 'receipt': {
      const { merchant, order } = content;
      return {
        subject: t.receipt.subject(order.id, merchant.name),
        blocks: [
          paragraph(t.greeting(links.handle)),
          paragraph(
            isGift(order.lines) ? texts.donation.receipt(merchant.name) : t.receipt.text(merchant.name),
          ),
          linesOf(order, merchant),
          ...(needsDelivery(order.lines) ? [paragraph(texts.delivery.mail.follows)] : []),
          ...address(t.receipt.shipTo, order.ship_to),
          ...orderLinks(content, texts, links),
          small(t.receipt.questions(merchant.support_email)),
          small(t.receipt.returns(merchant.returns_policy)),
        ],
      };
    }
    case 'delivery':
      return deliveryMail(content, texts, links);
    case 'shipped': {
      const { merchant, order, carrier, tracking } = content;
      const follows = tracking !== null && /^https:\/\//.test(tracking);
      const number = follows ? null : tracking;
      return {
        subject: t.shipped.subject(order.id, merchant.name),
        blocks: [
          paragraph(t.greeting(links.handle)),
          paragraph(t.shipped.text(merchant.name, carrier, number)),
          ...(follows ? [{ kind: 'button' as const, text: t.shipped.follow, href: tracking }] : []),
          {
            kind: 'list',
            items: order.lines
              .filter((line) => needsShipping([line]))
              .map((line) => `${line.quantity} × ${line.title}`),
          },
          ...address(t.shipped.shipTo, order.ship_to),
          { kind: 'link', text: texts.after.order.see, href: links.order(order.id) },
          small(t.receipt.questions(merchant.support_email)),
        ],
      };
    }
    case 'order': {
      const { merchant, order, shopper, fee } = content;
      const has = (kind: ProductKind): boolean => order.lines.some((line) => line.kind === kind);
      return {
        subject: needsShipping(order.lines) ? t.order.subject(order.id) : t.order.subjectDigital(order.id),
        blocks: [
          paragraph(t.order.text),
          {
            kind: 'list',
            items: order.lines.map((line) => `${line.quantity} × ${line.sku} (${line.title})`),
          },
          ...address(t.order.shipTo, order.ship_to),
          ...(has('digital') ? [paragraph(t.order.digital)] : []),
          ...(has('service') ? [paragraph(texts.delivery.mail.service)] : []),
          ...(has('donation') ? [paragraph(texts.delivery.mail.donation)] : []),
          linesOf(order, merchant),
          ...(fee === undefined ? [] : [small(ours(order, fee, merchant, texts))]),
          small(t.order.shopper(shopper, order.email)),
        ],
      };
    }
    case 'cancelled':
      return cancelledMail(content, texts);
    case 'swapped':
      return swappedMail(content, texts, links);
    case 'order_swapped':
      return orderSwappedMail(content, texts);
    case 'payment_failed':
      return failedMail(content, texts, links);
    case 'account_stopped':
      return accountMail(content, texts, links);
    case 'dispute':
    case 'operator':
      return disputeMail(content, texts, links);
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
      const { merchant, reason, titles, whole, ended } = content;
      const amount = formatMoney(content.amount, content.currency, merchant.locale);
      return {
        subject: t.refund.subject(amount, merchant.name),
        blocks: [
          paragraph(t.greeting(links.handle)),
          paragraph(t.refund.text(amount, whole)),
          paragraph(t.refund.reason[reason]),
          ...(ended ? [paragraph(t.refund.ended)] : []),
          small(t.refund.items(titles)),
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

/** What of an order stays with the platform, and what goes to the merchant's account. */
function ours({ total, currency }: MailOrder, fee: number, { locale }: MailMerchant, texts: Texts): string {
  const [part, rest] = [fee, total - fee].map((amount) => formatMoney(amount, currency, locale));
  return texts.connect.ours(part as string, rest as string);
}

function address(title: string, shipTo: ShipTo | null): Block[] {
  return shipTo ? [heading(title), { kind: 'address', items: addressLines(shipTo) }] : [];
}
