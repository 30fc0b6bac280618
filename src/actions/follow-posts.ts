import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { addMail } from '../db/mails.ts';
import { closePosts, noteReadPosts, type ReadPost } from '../db/posts.ts';
import type { Finding } from '../domain/post-check.ts';
import { type ProductPost, readProductPosts } from './read-product-posts.ts';

type Needs = Pick<Context, 'db' | 'x' | 'config' | 'log' | 'queues'>;

const NOTHING = { posts: [], not_asked: [] };

/** What merchants are mailed about, besides a post that is gone. That one was never there, or is somebody else's, "catalog posts" tells. */
const TOLD: Finding[] = ['changed', 'no_tag', 'price'];

/**
 * Reads product posts at X and remembers what they say. Merchants are mailed about what is new: another text, one without
 * their tags, another price.
 *
 * @returns whether the day's budget was enough @throws XError
 */
export async function followPosts(context: Needs, ids: string[]): Promise<boolean> {
  const { posts, not_asked } = ids.length > 0 ? await readProductPosts(context, ids) : NOTHING;
  if (posts.length === 0) return not_asked.length === 0;
  const mail_ids = await inTransaction(context.db, async (tx) => {
    await noteReadPosts(tx, toNote(posts));
    const gone = posts.filter(({ seen, was_seen }) => was_seen && !seen).map(({ post_id }) => post_id);
    const closed = await closePosts(tx, gone);
    const written: string[] = [];
    for (const { post_id, merchant_id } of [...posts.filter(isNews), ...closed]) {
      const mail = await addMail(tx, { kind: 'post_changed', merchant_id, post_id });
      if (mail) written.push(mail);
    }
    return written;
  });
  if (mail_ids.length > 0) await context.queues.add('send-mails', { mail_ids });
  return not_asked.length === 0;
}

const isNews = ({ findings, before }: ProductPost): boolean =>
  findings.some((finding) => TOLD.includes(finding) && (finding === 'changed' || !before.includes(finding)));

/** Each post once, with what any merchant's catalog makes of it. */
function toNote(posts: ProductPost[]): ReadPost[] {
  const notes = new Map<string, ReadPost>();
  for (const { post_id, seen, findings } of posts) {
    const others = notes.get(post_id)?.findings ?? [];
    notes.set(post_id, {
      id: post_id,
      conversation_id: seen?.conversation_id,
      text: seen?.text,
      findings: [...new Set([...others, ...findings])],
      edit_history: seen?.edit_history ?? [],
    });
  }
  return [...notes.values()];
}
