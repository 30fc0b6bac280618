import type { Context } from '../context.ts';
import { hashToken } from '../crypto.ts';
import { paidAmong, storeCartLinks } from '../db/carts.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { gatherMails } from '../db/mail-content.ts';
import { type ClaimedMail, claimMails, endMails, putBack, storeContents } from '../db/mails.ts';
import { storeOrderLinks } from '../db/order-links.ts';
import type { MailKind } from '../db/schema.ts';
import { isAboutCarts, whyNotSent } from '../domain/mail.ts';
import type { MailContent } from '../domain/mail-content.ts';
import { type Stay, whyReminderStays } from './check-reminders.ts';
import { emailCode } from './link-shopper.ts';
import { erasedAddresses } from './traces.ts';
import { unsubscribePath } from './unsubscribe.ts';

type Needs = Pick<Context, 'batchDb' | 'config' | 'keys' | 'now'>;

const DAY_MS = 86_400_000;

/** A mail, claimed, with what it says, who gets it, and the keys of its carts. */
export interface PreparedMail {
  id: string;
  attempts: number;
  content: MailContent;
  to: string;
  handle: string | null;
  /** In the first of these that is a language of ours. */
  locales: Array<string | null>;
  /** By the cart's id. */
  tokens: Map<string, string>;
  /** By the order's id. */
  orders: Map<string, string>;
  /** The path where mail of this kind is ended; `undefined`: it comes all the same. */
  unsubscribe: string | undefined;
}

/**
 * Claims those mails of the outbox that are due, and gathers what they say, all in one transaction. That is kept: a
 * mail that is sent once more is the same in every letter. Mails that nobody wants, needs or can get end here: what
 * shoppers have decided and done since counts until the moment in which a mail leaves.
 */
export async function prepareMails(context: Needs, mail_ids: string[]): Promise<PreparedMail[]> {
  return inTransaction(context.batchDb, async (tx) => {
    const claimed = await claimMails(tx, mail_ids, context.config.OPERATOR_EMAIL || null);
    const stays = new Map<string, Stay>();
    const leaving = (mails: ClaimedMail[]): Addressed[] =>
      mails.filter((mail): mail is Addressed => !stays.has(mail.id));
    for (const mail of claimed) {
      const why = whyNotSent(mail);
      if (why) stays.set(mail.id, { why });
    }
    for (const id of await toErased(tx, leaving(claimed), context)) stays.set(id, { why: 'erased' });
    for (const id of await repeatedInVain(tx, leaving(claimed))) stays.set(id, { why: 'cart_paid' });
    const fresh = leaving(claimed).filter(({ kind, content }) => content === null || kind === 'reminder');
    const gathered = await gatherMails(tx, fresh, context.now());
    for (const mail of fresh) {
      const content = gathered.get(mail.id);
      const stay: Stay | undefined = !content
        ? { why: 'nothing_to_say' }
        : content.kind === 'reminder'
          ? await whyReminderStays(tx, context, mail, content)
          : undefined;
      if (!stay) continue;
      stays.set(mail.id, stay);
      gathered.delete(mail.id);
    }
    await endStays(tx, stays);
    // A code is worth a sign-in: it is never kept.
    await storeContents(tx, new Map([...gathered].filter(([, content]) => content.kind !== 'code')));
    const prepared: PreparedMail[] = [];
    for (const mail of leaving(claimed))
      prepared.push(await prepare(tx, mail, gathered.get(mail.id) ?? (mail.content as MailContent), context));
    const expires_at = new Date(context.now().getTime() + context.config.LINK_DAYS * DAY_MS);
    const links = prepared.flatMap(({ id, tokens }) =>
      [...tokens].map(([cart_id, token]) => ({
        token_hash: hashToken(token),
        cart_id,
        mail_id: id,
        expires_at,
      })),
    );
    await storeCartLinks(tx, links);
    await storeOrderLinks(
      tx,
      prepared.flatMap(({ id, orders }) =>
        [...orders].map(([order_id, token]) => ({
          token_hash: hashToken(token),
          order_id,
          mail_id: id,
          expires_at,
        })),
      ),
    );
    return prepared;
  });
}

type Addressed = ClaimedMail & { to: string };

/** Mails that were sent, perhaps, and whose cart was paid before that was known: nobody needs them once more. */
async function repeatedInVain(tx: Tx, mails: ClaimedMail[]): Promise<string[]> {
  const cartOf = new Map(
    mails.flatMap(({ id, content }) => {
      return content?.kind === 'update' && content.cart ? [[id, content.cart.id] as const] : [];
    }),
  );
  if (cartOf.size === 0) return [];
  const paid = await paidAmong(tx, [...cartOf.values()]);
  return [...cartOf].flatMap(([id, cart_id]) => (paid.has(cart_id) ? [id] : []));
}

/** Mails to addresses whose owners were erased. A code is what they need to come back; merchants get what is theirs. */
async function toErased(tx: Tx, mails: Addressed[], { keys }: Needs): Promise<string[]> {
  const personal = mails.filter(({ kind }) => PERSONAL.includes(kind));
  const erased = await erasedAddresses(tx, keys, [...new Set(personal.map(({ to }) => to))]);
  return personal.flatMap(({ id, to }) => (erased.has(to) ? [id] : []));
}

const PERSONAL: MailKind[] = [
  ...(['update', 'links', 'receipt', 'refund', 'reminder', 'shipped'] as const),
  ...(['swapped', 'payment_failed', 'buying', 'unbought', 'delivery'] as const),
];

/** Ends the mails that do not leave, or puts them back where their time comes later. */
async function endStays(tx: Tx, stays: Map<string, Stay>): Promise<void> {
  const byReason = new Map<string, string[]>();
  for (const [id, stay] of stays) {
    if ('until' in stay) await putBack(tx, id, stay.until);
    else byReason.set(stay.why, [...(byReason.get(stay.why) ?? []), id]);
  }
  for (const [why, ids] of byReason) await endMails(tx, ids, 'skipped', why);
}

async function prepare(tx: Tx, mail: Addressed, kept: MailContent, { keys }: Needs): Promise<PreparedMail> {
  const { id, attempts, to, handle, locales } = mail;
  const about = isAboutCarts(mail.kind) ? (mail.shopper_id as string) : undefined;
  const content: MailContent =
    kept.kind === 'code' ? { ...kept, code: await emailCode(tx, keys, mail.shopper_id as string) } : kept;
  const tokens = cartsIn(content).map(
    (cart_id) => [cart_id, keys.tokenFor('cart link', `mail ${id} cart ${cart_id}`)] as const,
  );
  return {
    ...{ id, attempts, content, to, handle, locales },
    tokens: new Map(tokens),
    orders: new Map(
      ordersIn(content).map((order_id) => [
        order_id,
        keys.tokenFor('order link', `mail ${id} order ${order_id}`),
      ]),
    ),
    unsubscribe: about && unsubscribePath(keys, about),
  };
}

function cartsIn(content: MailContent): string[] {
  if (content.kind === 'update') return content.cart ? [content.cart.id] : [];
  if (content.kind === 'reminder' || content.kind === 'payment_failed') return [content.cart.id];
  if (content.kind === 'buying') return [content.cart_id];
  if (content.kind === 'unbought') return content.cart_id ? [content.cart_id] : [];
  if (content.kind === 'links') return content.carts.map((cart) => cart.id);
  return [];
}

function ordersIn(content: MailContent): string[] {
  if (content.kind === 'receipt' || content.kind === 'shipped') return [content.order.id];
  return content.kind === 'swapped' ? [content.swap.order_id] : [];
}
