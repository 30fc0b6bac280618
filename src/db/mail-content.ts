import { sql } from 'kysely';
import { cancelUntil } from '../domain/cancelling.ts';
import type { Cart } from '../domain/cart.ts';
import { whyEnded } from '../domain/download.ts';
import {
  type MailContent,
  type MailMerchant,
  type MailOrder,
  mailCart,
  type Selling,
  type ToldReply,
} from '../domain/mail.ts';
import { answersTo } from '../domain/mail-answers.ts';
import { orderTags } from '../domain/post-check.ts';
import type { ReminderStep } from '../domain/reminder.ts';
import { stillNews } from '../domain/still-news.ts';
import { openCarts, readCarts } from './carts.ts';
import type { Db } from './database.ts';
import { downloadsOf } from './downloads.ts';
import { havingsOf } from './havings.ts';
import { idArray } from './ids.ts';
import { keptFor } from './kept-replies.ts';
import { choicesToTell } from './mail-choices.ts';
import { gatherDispute, gatherSwap } from './mail-orders.ts';
import { gatherPurchase } from './mail-purchase.ts';
import type { MailRow } from './mails.ts';
import { usedUp } from './order-facts.ts';
import { merchantsWithoutSeller } from './payees.ts';
import { offeredPosts } from './posts.ts';
import { vouchersOf } from './vouchers.ts';

/** Gathers what mails have to say, as things are now. A mail that is left out has nothing left to say. */
export async function gatherMails(db: Db, mails: MailRow[], now: Date): Promise<Map<string, MailContent>> {
  const contents = await gatherUpdates(
    db,
    mails.filter(({ kind }) => kind === 'update'),
    now,
  );
  for (const mail of mails) {
    const content = await gatherOne(db, mail, now);
    if (content) contents.set(mail.id, content);
  }
  return contents;
}

/** Those kinds that never come in floods. */
async function gatherOne(db: Db, mail: MailRow, now: Date): Promise<MailContent | undefined> {
  switch (mail.kind) {
    case 'update':
      return undefined;
    case 'reminder':
      return gatherReminder(db, mail, now);
    case 'links':
      return gatherLinks(db, mail.shopper_id as string, now);
    case 'swapped':
    case 'order_swapped': {
      const swap = await gatherSwap(db, mail.swap_id as string);
      return { kind: mail.kind, merchant: await merchantOf(db, mail.merchant_id as string), swap };
    }
    case 'payment_failed':
      return gatherFailed(db, mail, now);
    case 'dispute': {
      const about = await gatherDispute(db, mail);
      return about && { kind: mail.kind, merchant: await merchantOf(db, about.merchant_id), ...about };
    }
    case 'operator': {
      const about = await gatherDispute(db, mail);
      return about && { kind: mail.kind, ...about };
    }
    case 'receipt':
    case 'shipped':
    case 'cancelled':
    case 'order':
      return gatherOrder(db, mail.kind, mail.order_id as string);
    case 'delivery':
      return gatherDelivery(db, mail, now);
    case 'refund':
      return gatherRefund(db, mail.refund_id as string);
    case 'unregistered':
      return gatherUnregistered(db, mail.merchant_id as string, mail.post_id as string);
    case 'post_changed':
      return gatherPost(db, mail.merchant_id as string, mail.post_id as string);
    case 'buying':
    case 'unbought':
      return gatherPurchase(db, mail, await merchantOf(db, mail.merchant_id as string));
    case 'code':
      return { kind: 'code', code: '' };
  }
}

async function gatherUpdates(db: Db, mails: MailRow[], now: Date): Promise<Map<string, MailContent>> {
  if (mails.length === 0) return new Map();
  const rows = await outcomesToTell(db, mails);
  const products = await productsOf(db, rows);
  const merchants = await merchantsOf(db, mails);
  const carts = await openCartsOf(db, mails);
  const choices = await choicesToTell(db, rows);
  const havings = await havingsOf(db, mails);
  const contents = new Map<string, MailContent>();
  for (const { id, merchant_id } of mails) {
    const product = (sku: string | undefined) => products.get(`${merchant_id} ${sku}`);
    const replies = rows
      .filter((row) => row.mail_id === id)
      .map(
        ({ post_id, outcome, reason, detail }, n, all): ToldReply => ({
          post_id,
          outcome,
          reason,
          detail,
          title: product(detail.product)?.title ?? null,
          ...(product(detail.product)?.sensitive ? { sensitive: true } : {}),
          among: (detail.among ?? []).map((sku) => product(sku)?.title ?? sku),
          ...answersTo({ outcome, reason, detail }, all.slice(n + 1), {
            offers: choices.get(merchant_id ?? '') ?? [],
            cart: carts.get(id),
            at: now,
          }),
        }),
      )
      .flatMap((reply) => stillNews(reply, havings.get(id) ?? []) ?? []);
    if (replies.length === 0) continue;
    const known = merchant_id === null ? undefined : merchants.get(merchant_id);
    const cart = carts.get(id);
    contents.set(id, {
      kind: 'update',
      merchant: known?.merchant ?? null,
      replies,
      cart: cart && known ? mailCart(cart, known.selling, now) : null,
      ...(known ? { timezone: known.timezone } : {}),
    });
  }
  return contents;
}

type Told = Omit<ToldReply, 'title' | 'sensitive' | 'among'> & {
  mail_id: string;
  merchant_id: string | null;
};

/** What mails tell: of a reply that became one thing after the other meanwhile, the last. */
async function outcomesToTell(db: Db, mails: MailRow[]): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select m.id as mail_id, o.post_id, o.outcome, o.reason, o.detail, o.merchant_id
    from ${shopperMails(mails)},
    lateral (
      select distinct on (post_id) * from outcomes
      where shopper_id = m.shopper_id and mail_id = m.id order by post_id, revision desc offset 0) o
    order by o.post_id`.execute(db);
  return rows;
}

/** The open carts that mails are about, by the mails' ids. */
async function openCartsOf(db: Db, mails: MailRow[]): Promise<Map<string, Cart>> {
  const { rows } = await sql<{ mail_id: string; cart_id: string }>`
    select m.id as mail_id, c.id as cart_id
    from ${shopperMails(mails)},
    lateral (
      select id from carts
      where shopper_id = m.shopper_id and merchant_id = m.merchant_id and status = 'open'
      order by id desc limit 1
    ) c`.execute(db);
  const carts = await readCarts(
    db,
    rows.map((row) => row.cart_id),
  );
  const byId = new Map(carts.map((cart) => [cart.id, cart]));
  return new Map(rows.map(({ mail_id, cart_id }) => [mail_id, byId.get(cart_id) as Cart]));
}

const shopperMails = (mails: MailRow[]) =>
  sql`unnest(
    ${idArray(mails.map(({ id }) => id))},
    ${idArray(mails.map(({ shopper_id }) => shopper_id as string))},
    ${mails.map(({ merchant_id }) => merchant_id)}::text[]) as m (id, shopper_id, merchant_id)`;

/** The products that outcomes name, by "<merchant> <sku>". */
async function productsOf(db: Db, told: Told[]): Promise<Map<string, { title: string; sensitive: boolean }>> {
  const named = told.flatMap(({ merchant_id, detail }) =>
    [detail.product, ...(detail.among ?? [])].flatMap((sku) =>
      merchant_id && sku ? [{ merchant_id, sku }] : [],
    ),
  );
  if (named.length === 0) return new Map();
  const { rows } = await sql<{ merchant_id: string; sku: string; title: string; sensitive: boolean }>`
    select distinct merchant_id, sku, p.title, p.sensitive
    from unnest(${named.map((each) => each.merchant_id)}::text[], ${named.map((each) => each.sku)}::text[]) as named (merchant_id, sku)
    join products p using (merchant_id, sku)`.execute(db);
  return new Map(rows.map((row) => [`${row.merchant_id} ${row.sku}`, row]));
}

interface KnownMerchant {
  merchant: MailMerchant;
  selling: Selling;
  timezone: string;
  cancel_hours: number;
}

async function merchantsOf(
  db: Db,
  of: Array<{ merchant_id: string | null }>,
): Promise<Map<string, KnownMerchant>> {
  const ids = of.flatMap(({ merchant_id }) => merchant_id ?? []);
  const rows = await db
    .selectFrom('merchants')
    .select([
      'id',
      'name',
      'username',
      'support_email',
      'postal_address',
      'returns_policy',
      'currency',
      'locale',
      'shipping',
      'tax',
      'prices_include_tax',
      'timezone',
      'cancel_hours',
    ])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  const notReady = await merchantsWithoutSeller(db);
  return new Map(
    rows.map(({ shipping, tax, prices_include_tax, timezone, cancel_hours, ...merchant }) => {
      const selling = { shipping, tax, prices_include_tax, ready: !notReady.has(merchant.id) };
      return [merchant.id, { merchant, selling, timezone, cancel_hours }];
    }),
  );
}

async function knownMerchant(db: Db, merchant_id: string): Promise<KnownMerchant> {
  const found = (await merchantsOf(db, [{ merchant_id }])).get(merchant_id);
  if (!found) throw new Error(`there is no merchant ${merchant_id}`);
  return found;
}

const merchantOf = async (db: Db, merchant_id: string): Promise<MailMerchant> =>
  (await knownMerchant(db, merchant_id)).merchant;

/** The cart whose payment has failed. Nothing when it was paid in another way since. */
async function gatherFailed(db: Db, mail: MailRow, now: Date): Promise<MailContent | undefined> {
  const [cart] = await readCarts(db, [mail.cart_id as string]);
  if (cart?.status !== 'open') return undefined;
  const { merchant, selling } = await knownMerchant(db, cart.merchant_id);
  return { kind: 'payment_failed', merchant, cart: mailCart(cart, selling, now) };
}

/** What waits in a cart. Whether there is reason to remind of it is decided elsewhere. */
async function gatherReminder(db: Db, mail: MailRow, now: Date): Promise<MailContent | undefined> {
  const [cart] = await readCarts(db, [mail.cart_id as string]);
  const known = (await merchantsOf(db, [mail])).get(mail.merchant_id as string);
  if (!cart || !known) return undefined;
  const ends = cart.lines.flatMap(({ held_until }) => (held_until && held_until > now ? [held_until] : []));
  const first = ends.length > 0 ? new Date(Math.min(...ends.map((end) => end.getTime()))) : null;
  return {
    kind: 'reminder',
    merchant: known.merchant,
    cart: mailCart(cart, known.selling, now),
    step: mail.step as ReminderStep,
    held_until: first?.toISOString() ?? null,
    timezone: known.timezone,
  };
}

async function gatherLinks(db: Db, shopper_id: string, now: Date): Promise<MailContent> {
  const carts = await openCarts(db, shopper_id);
  const merchants = await merchantsOf(db, carts);
  return {
    kind: 'links',
    carts: carts.map((cart) => {
      const known = merchants.get(cart.merchant_id) as KnownMerchant;
      return { id: cart.id, merchant: known.merchant, cart: mailCart(cart, known.selling, now) };
    }),
  };
}

async function gatherOrder(
  db: Db,
  kind: 'receipt' | 'shipped' | 'cancelled' | 'order',
  order_id: string,
): Promise<MailContent> {
  const order = await db
    .selectFrom('orders')
    .selectAll()
    .where('id', '=', order_id)
    .executeTakeFirstOrThrow();
  const lines = await db
    .selectFrom('order_lines')
    .select(['sku', 'title', 'kind', 'quantity', 'price'])
    .where('order_id', '=', order_id)
    .orderBy('sku')
    .execute();
  const content: MailOrder = {
    id: order.id,
    currency: order.currency,
    subtotal: order.subtotal,
    shipping: order.shipping,
    tax: order.tax,
    tax_included: order.tax_included,
    total: order.total,
    lines,
    ship_to: order.ship_to,
    email: order.email,
    created_at: order.created_at.toISOString(),
  };
  const { merchant, cancel_hours, timezone } = await knownMerchant(db, order.merchant_id);
  if (kind === 'receipt') {
    const used = await usedUp(db, order_id);
    const until = used ? undefined : cancelUntil({ created_at: order.created_at, cancel_hours });
    return { kind, merchant, order: content, cancel_until: until?.toISOString() ?? null, timezone };
  }
  if (kind === 'cancelled')
    return { kind, merchant, order: content, by_shopper: order.cancelled_by === 'shopper' };
  const { carrier, tracking } = order;
  if (kind === 'shipped') return { kind, merchant, order: content, carrier, tracking };
  const shopper = await db
    .selectFrom('shoppers')
    .select('username')
    .where('x_user_id', '=', order.shopper_id)
    .executeTakeFirst();
  return {
    ...{ kind, merchant, order: content, shopper: shopper?.username ?? null },
    ...(order.destination === null ? {} : { fee: order.fee }),
  };
}

/** What of an order is downloaded or shown, as far as it is good. Nothing when it was given back by now. */
async function gatherDelivery(db: Db, mail: MailRow, now: Date): Promise<MailContent | undefined> {
  const order_id = mail.order_id as string;
  const known = (await merchantsOf(db, [mail])).get(mail.merchant_id as string);
  const downloads = (await downloadsOf(db, order_id)).filter((each) => !whyEnded(each, now));
  const vouchers = (await vouchersOf(db, order_id)).filter((each) => !each.void);
  if (!known || downloads.length + vouchers.length === 0) return undefined;
  return {
    kind: 'delivery',
    merchant: known.merchant,
    order_id,
    downloads: downloads.map(({ id, title, allowed, uses, expires_at }) => ({
      ...{ id, title, left: allowed - uses.length },
      expires_at: expires_at.toISOString(),
    })),
    vouchers: vouchers.map(({ id, title, used_at }) => ({ id, title, used: used_at !== null })),
    again: mail.round > 0,
    timezone: known.timezone,
  };
}

/** Nothing when the catalog names the post by now. */
async function gatherUnregistered(
  db: Db,
  merchant_id: string,
  post_id: string,
): Promise<MailContent | undefined> {
  const replies = (await keptFor(db, [post_id])).get(post_id);
  if (replies === undefined) return undefined;
  return { kind: 'unregistered', merchant: await merchantOf(db, merchant_id), post_id, replies };
}

/** What is to be said of a product post. Nothing when the merchant does not offer anything with it any more. */
async function gatherPost(db: Db, merchant_id: string, post_id: string): Promise<MailContent | undefined> {
  const [offered] = (await offeredPosts(db, [post_id])).filter((each) => each.merchant_id === merchant_id);
  if (!offered) return undefined;
  const { findings, text, prices, hashtags } = offered;
  const merchant = await merchantOf(db, merchant_id);
  return { kind: 'post_changed', merchant, post_id, findings, text, prices, tags: orderTags(hashtags) };
}

async function gatherRefund(db: Db, refund_id: string): Promise<MailContent> {
  const row = await db
    .selectFrom('refunds as r')
    .innerJoin('payments as p', 'p.id', 'r.payment_id')
    .innerJoin('checkouts as k', 'k.id', 'p.checkout_id')
    .innerJoin('carts as c', 'c.id', 'k.cart_id')
    .select(['r.amount', 'r.currency', 'r.reason', 'p.amount as paid', 'k.lines', 'c.merchant_id'])
    .where('r.id', '=', refund_id)
    .executeTakeFirstOrThrow();
  return {
    kind: 'refund',
    merchant: await merchantOf(db, row.merchant_id),
    amount: row.amount,
    currency: row.currency,
    reason: row.reason,
    whole: row.amount === row.paid,
    titles: row.lines.map((line) => line.title),
  };
}
