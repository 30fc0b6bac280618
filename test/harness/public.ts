import { expect } from '@jest/globals';
import { sql } from 'kysely';
import { postPublicReply } from '../../src/actions/post-public-reply.ts';
import { readCatalogFile } from '../../src/catalog/read.ts';
import { applyCatalog } from '../../src/db/catalog.ts';
import type { CatalogFile } from '../../src/domain/catalog-file.ts';
import { aReply, POST, type ReplyGiven, SHOP } from './builders.ts';
import { CAMPAIGN } from './context.ts';
import { deliver } from './replies.ts';
import type { Shop } from './shop.ts';
import { stockPlenty } from './stock.ts';
import type { Visitor } from './visitor.ts';

const HOME = 'http://localhost:3999';
let authors = 6_000_000_000_000_000_000n;

/** A post as the stand-in's control API shows it. */
export interface Written {
  id: string;
  text: string;
  author: { username: string };
  reply_to: { id: string } | null;
}

/** The merchant's account and product posts, as X knows them. */
export async function merchantAtX({ control, x }: Shop): Promise<void> {
  await control(x, '/users', { id: SHOP, username: 'shop', name: 'Acme' });
  for (const id of [POST.mug, POST.tee, POST.mugAndTee, POST.lamp, POST.ebook])
    await control(x, '/posts', { id, author: 'shop', text: 'Fresh! Reply #AddToCart' });
}

/** Signs the merchant in, as this account of X. */
export async function signIn(shop: Shop, account = SHOP, visitor = shop.visitor()): Promise<Visitor> {
  await visitor.open(`${HOME}/m/shop/sign-in`);
  await visitor.submit('/m/shop/sign-in');
  return visitor.submit('authorize', { account, decision: 'authorize' });
}

/** Says of the campaign what a test needs. */
export async function changeCatalog(
  { context }: Shop,
  change: (shop: CatalogFile['merchants'][number]) => void,
) {
  const { file } = await readCatalogFile(CAMPAIGN);
  change(file?.merchants[0] as CatalogFile['merchants'][number]);
  await applyCatalog(context.db, file as CatalogFile, 'test');
  await stockPlenty(context.db);
}

/** Somebody who is known to X. */
export async function aPerson({ control, x }: Shop, id = String(++authors)): Promise<string> {
  await control(x, '/users', { id, username: `p${id.slice(-12)}`, name: 'Pat' });
  return id;
}

/** A reply that somebody writes at X, and that X delivers. Returns its id. */
export async function reply(shop: Shop, author: string, given: ReplyGiven = {}): Promise<string> {
  const { text = '#AddToCart', to = POST.mug } = given;
  const { id } = await shop.control<{ id: string }>(shop.x, '/posts', { author, text, reply_to: to });
  const mentions = [{ id: SHOP, username: 'shop' }];
  await deliver(shop.context, aReply({ mentions, ...given, id, author, text, to }));
  return id;
}

/** Posts what is to be posted now. */
export async function postAll({ context }: Shop): Promise<void> {
  while (await postPublicReply(context, SHOP));
}

/** What the merchant's account has answered to a post, without the mention that X puts before it. */
export async function answersTo(shop: Shop, post_id: string): Promise<string[]> {
  const posts = await shop.control<Written[]>(shop.x, '/timeline');
  return posts
    .filter((post) => post.author.username === 'shop' && post.reply_to?.id === post_id)
    .map(({ text }) => text.replace(/^(?:@\w+ )+/, ''));
}

/** What is noted of the answer to a post. */
export async function notedOf({ context }: Shop, post_id: string) {
  const row = await context.db
    .selectFrom('public_replies')
    .selectAll()
    .where('post_id', '=', post_id)
    .executeTakeFirst();
  return row && [row.kind, row.status, row.reason].filter(Boolean).join(' ');
}

/** By how much X's clock is ahead of ours. */
let ahead = 0;

/** Lets time pass for what waits, here and at X. */
export async function passTime({ context: { db }, control, x }: Shop, minutes: number): Promise<void> {
  await control(x, '/clock', { advance_ms: minutes * 60_000 });
  ahead += minutes;
  await sql`update public_replies set due_at = due_at - ${minutes} * interval '1 minute'`.execute(db);
  await sql`update merchant_accounts set rests_until = rests_until - ${ahead} * interval '1 minute'`.execute(
    db,
  );
}

export const expectAnswers = async (shop: Shop, post_id: string, count: number): Promise<string[]> => {
  const answers = await answersTo(shop, post_id);
  expect(answers).toHaveLength(count);
  return answers;
};
