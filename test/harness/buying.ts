import { sql } from 'kysely';
import { agree } from '../../src/actions/grant.ts';
import { atStripe, keepCustomer } from '../../src/actions/keep-customer.ts';
import type { Context } from '../../src/context.ts';
import { customerOf } from '../../src/db/customers.ts';
import { duePurchases } from '../../src/db/purchases.ts';
import type { Merchant } from '../../src/domain/catalog.ts';
import type { ShipTo } from '../../src/domain/order.ts';
import { buyNow } from '../../workers/buy-now.ts';
import { aReply, newPostId, type ReplyGiven } from './builders.ts';
import { aLink } from './carts.ts';
import { sendAll } from './mails.ts';
import { deliver } from './replies.ts';
import type { Shop } from './shop.ts';
import { type Account, anAccount, signIn } from './sign-in.ts';
import type { Visitor } from './visitor.ts';

export const HOME: ShipTo = {
  name: 'Sam Shopper',
  address: {
    line1: '7 Test Lane',
    line2: null,
    city: 'Portland',
    state: 'OR',
    postal_code: '97202',
    country: 'US',
  },
};

/** Gives the merchant "shop" a tag that buys. */
export async function letRepliesBuy(context: Context): Promise<void> {
  const { hashtags } = await context.db
    .selectFrom('merchants')
    .select('hashtags')
    .where('id', '=', 'shop')
    .executeTakeFirstOrThrow();
  await setHashtags(context, { ...hashtags, buy: ['#BuyNow'] });
}

/** Gives the merchant "shop" these tags and no others. */
export async function setHashtags({ db }: Context, hashtags: Merchant['hashtags']): Promise<void> {
  await sql`update merchants set hashtags = ${JSON.stringify(hashtags)}::jsonb where id = 'shop'`.execute(db);
  // Everybody who holds the catalog reads it again.
  await sql`insert into catalog_versions (applied_by, bot)
    select 'test', bot from catalog_versions order by version desc limit 1`.execute(db);
}

/** Somebody who keeps a card, signed in. */
export interface Keeper extends Account {
  visitor: Visitor;
  /** Stripe's cus_… id. */
  customer: string;
  card: string;
}

/** @param token one of Stripe's test cards */
export async function aKeeper(shop: Shop, token = 'pm_card_visa'): Promise<Keeper> {
  const { context } = shop;
  const account = await anAccount(shop);
  const visitor = await signIn(shop, account);
  const customer = (await atStripe(context, account.id)) as string;
  const card = (await context.stripe.paymentMethods.attach(token, { customer })).id;
  await keepCustomer(context, { customer_id: (await customerOf(context.db, account.id))?.id as string });
  return { ...account, visitor, customer, card };
}

/** Somebody who has agreed that replies buy at "shop". Amounts in cents. */
export async function anEnrolled(
  shop: Shop,
  {
    token,
    per_order = 10_000,
    per_day = 20_000,
  }: { token?: string; per_order?: number; per_day?: number } = {},
): Promise<Keeper> {
  const keeper = await aKeeper(shop, token);
  const given = { card_id: keeper.card, per_order, per_day, ship_to: HOME, locale: 'en' };
  await agree(shop.context, keeper.id, { id: 'shop', currency: 'USD' }, given);
  return keeper;
}

/** Their reply arrives. Returns its post id. */
export async function says(
  shop: Shop,
  { id: author }: Pick<Keeper, 'id'>,
  text = '#BuyNow',
  more: ReplyGiven = {},
): Promise<string> {
  const id = more.id ?? newPostId(new Date());
  await deliver(shop.context, aReply({ id, author, text, ...more }));
  return id;
}

/** All mails go out, the time to undo passes, and what is due is bought. */
export async function timePasses({ context }: Shop): Promise<void> {
  const { db } = context;
  await sendAll(context);
  await sql`update mails set sent_at = now() - interval '1 hour' where kind = 'buying' and status = 'sent'`.execute(
    db,
  );
  for (const post_id of await duePurchases(db, 60, 1_000)) await buyNow(context, { post_id });
}

/** "waiting", "confirming: again", "declined: insufficient_funds" */
export async function purchaseOf({ context }: Shop, post_id: string): Promise<string> {
  const row = await context.db
    .selectFrom('purchases')
    .select(['status', 'doubt', 'declined'])
    .where('post_id', '=', post_id)
    .executeTakeFirst();
  if (!row) return 'none';
  const why = row.status === 'confirming' ? row.doubt : row.declined;
  return [row.status, why].filter(Boolean).join(': ');
}

/** What Stripe has taken from a customer: the amounts of their payments that succeeded, in cents. */
export async function chargedTo({ context }: Shop, customer: string): Promise<number[]> {
  const { data } = await context.stripe.paymentIntents.list({ customer, limit: 100 });
  return data.flatMap(({ status, amount_received }) => (status === 'succeeded' ? [amount_received] : []));
}

export const ordersOf = ({ context }: Shop, shopper_id: string) =>
  context.db.selectFrom('orders').selectAll().where('shopper_id', '=', shopper_id).orderBy('id').execute();

/** A path that opens their open cart at "shop". */
export async function cartPathOf(shop: Shop, shopper_id: string): Promise<string> {
  const { id } = await shop.context.db
    .selectFrom('carts')
    .select('id')
    .where('shopper_id', '=', shopper_id)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  return aLink(shop, id);
}

/** What a reply is by now, in our books. */
export const newestOutcome = ({ context }: Shop, post_id: string) =>
  context.db
    .selectFrom('outcomes')
    .select(['outcome', 'detail'])
    .where('post_id', '=', post_id)
    .orderBy('revision', 'desc')
    .executeTakeFirstOrThrow();
