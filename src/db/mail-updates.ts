import { sql } from 'kysely';
import type { Cart } from '../domain/cart.ts';
import { answersTo } from '../domain/mail-answers.ts';
import { mailCart } from '../domain/mail-cart.ts';
import type { MailContent, ToldReply } from '../domain/mail-content.ts';
import { stillNews } from '../domain/still-news.ts';
import { timeZoneOf } from '../domain/time-zone.ts';
import { readCarts } from './carts.ts';
import type { Db } from './database.ts';
import { havingsOf } from './havings.ts';
import { idArray } from './ids.ts';
import { choicesToTell } from './mail-choices.ts';
import { merchantsOf } from './mail-merchants.ts';
import type { MailRow, ReadMail } from './mails.ts';

/** What became of replies, and the carts that they are about: for many mails at once, because these come in floods. */
export async function gatherUpdates(db: Db, mails: ReadMail[], now: Date): Promise<Map<string, MailContent>> {
  if (mails.length === 0) return new Map();
  const rows = await outcomesToTell(db, mails);
  const products = await productsOf(db, rows);
  const merchants = await merchantsOf(db, mails);
  const carts = await openCartsOf(db, mails);
  const choices = await choicesToTell(db, rows);
  const havings = await havingsOf(db, mails);
  const contents = new Map<string, MailContent>();
  for (const { id, merchant_id, timezone } of mails) {
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
          ...([detail.product, ...(detail.among ?? [])].some((sku) => product(sku)?.sensitive)
            ? { sensitive: true }
            : {}),
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
      ...(known ? { timezone: timeZoneOf(timezone, known.timezone) } : {}),
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
