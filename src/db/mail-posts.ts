import type { MailContent } from '../domain/mail-content.ts';
import { orderTags } from '../domain/post-check.ts';
import type { Db } from './database.ts';
import { keptFor } from './kept-replies.ts';
import { merchantOf } from './mail-merchants.ts';
import { offeredPosts } from './posts.ts';

/** Nothing when the catalog names the post by now. */
export async function gatherUnregistered(
  db: Db,
  merchant_id: string,
  post_id: string,
): Promise<MailContent | undefined> {
  const replies = (await keptFor(db, [post_id])).get(post_id);
  if (replies === undefined) return undefined;
  return { kind: 'unregistered', merchant: await merchantOf(db, merchant_id), post_id, replies };
}

/** What is to be said of a product post. Nothing when the merchant does not offer anything with it any more. */
export async function gatherPost(
  db: Db,
  merchant_id: string,
  post_id: string,
): Promise<MailContent | undefined> {
  const [offered] = (await offeredPosts(db, [post_id])).filter((each) => each.merchant_id === merchant_id);
  if (!offered) return undefined;
  const { findings, text, prices, hashtags } = offered;
  const merchant = await merchantOf(db, merchant_id);
  return { kind: 'post_changed', merchant, post_id, findings, text, prices, tags: orderTags(hashtags) };
}
