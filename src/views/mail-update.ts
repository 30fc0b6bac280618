import { formatMoney, priceText } from '../domain/currency.ts';
import type { MailCart } from '../domain/mail-cart.ts';
import type { MailContent, MailMerchant, ToldReply } from '../domain/mail-content.ts';
import type { Block, Mail } from './mail-blocks.ts';
import { canBePaid, cartLines, cartNotes, deletingFrom, promises } from './mail-cart.ts';
import { invitation } from './mail-purchase.ts';
import type { Texts } from './texts.ts';

/** What a mail needs besides its content: where its links lead. */
export interface MailLinks {
  publicUrl: string;
  /** The address that opens a cart, by the cart's id. */
  cart: (cart_id: string) => string;
  /** The address where something is downloaded, by the download's id. */
  download: (id: string) => string;
  /** The code of a voucher, by its id. */
  code: (id: string) => string;
  /** The address that opens an order's page, by the order's id. */
  order: (order_id: string) => string;
  /** The address of the page about a merchant's account, given at that time, and until when it opens. */
  account: (merchant_id: string, from: Date) => { href: string; until: Date };
  linkDays: number;
  /** How long a purchase can be undone. */
  undoSeconds: number;
  handle: string | null;
  /** The address where mail of this kind is ended; `undefined`: it comes all the same. */
  unsubscribe: string | undefined;
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (text: string): Block => ({ kind: 'heading', text });
const small = (text: string): Block => ({ kind: 'small', text });

/** A mail but for its small print. */
export type Written = Omit<Mail, 'footer'>;

/** What became of replies, what is asked back, and the cart as it is now. */
export function updateMail(
  { merchant, replies, cart, timezone }: Extract<MailContent, { kind: 'update' }>,
  texts: Texts,
  links: MailLinks,
): Written {
  const t = texts.mail.update;
  const told = replies.map((reply) => texts.outcome(reply));
  const asked = replies.some((reply) => reply.outcome === 'asked' || reply.reason === 'amount_bounds');
  const waits = replies.some((reply) => reply.detail.waitlist !== undefined);
  const filled = cart !== null && cart.lines.length > 0;
  const blocks: Block[] = [
    paragraph(texts.mail.greeting(links.handle)),
    ...(told.length === 1 ? told.map(paragraph) : [{ kind: 'list', items: told } as const]),
  ];
  if (merchant && cart && (filled || asked || waits)) {
    const href = links.cart(cart.id);
    const money = (amount: number): string => formatMoney(amount, cart.currency, merchant.locale);
    blocks.push(
      ...replies.flatMap((reply) => answers(reply, { href, currency: cart.currency, money }, texts)),
    );
    if (filled)
      blocks.push(
        heading(t.cartHeading(merchant.name)),
        cartLines(cart, merchant, texts),
        ...promises(cart, { ...merchant, timezone }, texts),
        ...cartNotes(cart, merchant, texts),
      );
    const pays = canBePaid(cart) ? t.button : texts.mailControl.lookButton;
    const button = filled ? pays : asked ? t.answerButton : texts.ways.mail.waiting;
    blocks.push({ kind: 'button', text: button, href });
    if (filled) blocks.push({ kind: 'link', text: t.undoLink, href }, ...deletingFrom(cart.id, texts, links));
    if (replies.some(({ detail }) => detail.action === 'buy'))
      blocks.push(...invitation(merchant.id, merchant.name, texts, links));
    blocks.push(small(t.keep(links.linkDays)), small(t.undo));
  } else if (merchant) {
    blocks.push(small(t.cartEmpty(merchant.name)));
  }
  const secret = replies.some(({ sensitive }) => sensitive);
  const preview = [texts.mail.greeting(links.handle), ...(secret ? [] : told)].join(' ');
  return { subject: updateSubject(replies, merchant, cart, texts), preview, blocks };
}

/** Answers to what a reply has left open, one tap away; each leads to a page that asks once more. */
function answers(
  { choices = [], besides }: ToldReply,
  { href: cart, currency, money }: { href: string; currency: string; money: (amount: number) => string },
  texts: Texts,
): Block[] {
  const t = texts.ways.mail;
  const at = (page: string, query: Record<string, string>): string =>
    `${cart}/${page}?${new URLSearchParams(query)}`;
  const blocks: Block[] = [];
  if (choices.length > 0)
    blocks.push(paragraph(choices.every(({ amount }) => amount) ? texts.donation.tap : t.choose), {
      kind: 'choices',
      items: choices.map(({ sku, label, quantity, amount }) => ({
        text: amount === undefined ? label : texts.donation.give(money(amount)),
        href: at('choose', {
          sku,
          ...(quantity === undefined ? {} : { quantity: String(quantity) }),
          ...(amount === undefined ? {} : { amount: priceText(amount, currency) }),
        }),
      })),
    });
  if (besides)
    blocks.push(paragraph(t.also(besides.title, besides.others)), {
      kind: 'choices',
      items: [
        { text: t.all(besides.others.length), href: cart },
        { text: t.only(besides.title), href: at('only', { sku: besides.sku }) },
      ],
    });
  return blocks;
}

/** The mail's news in a line: what was added, else what was asked. It is read over shoulders: nothing sensitive is in it. */
function updateSubject(
  all: ToldReply[],
  merchant: MailMerchant | null,
  cart: MailCart | null,
  texts: Texts,
): string {
  const t = texts.mail.update;
  if (!merchant) return t.subjectPlatform;
  const replies = all.filter(({ sensitive }) => !sensitive);
  const added = replies.find((reply) => reply.outcome === 'added' || reply.outcome === 'set');
  const blocked = new Set(cart?.lines.flatMap((line) => (line.blocked ? [line.sku] : [])));
  if (added?.title && added.detail.lines?.every(({ sku }) => blocked.has(sku)))
    return texts.mailControl.subjectBlocked(added.title, merchant.name);
  if (added?.title)
    return (added.detail.moved_up ? t.subjectTurn : t.subjectAdded)(added.title, merchant.name);
  const waiting = replies.find((reply) => reply.outcome === 'waitlisted');
  if (waiting?.title) return t.subjectWaiting(waiting.title, merchant.name);
  const asked = replies.find((reply) => reply.outcome === 'asked');
  if (asked?.detail.donation) return texts.donation.subjectAsked(asked.title ?? merchant.name);
  return asked ? t.subjectAsked(asked.title ?? merchant.name) : t.subjectOther(merchant.name);
}
