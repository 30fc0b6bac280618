import { settleReplies } from '../../src/actions/settle-replies.ts';
import type { Context } from '../../src/context.ts';
import { inTransaction } from '../../src/db/database.ts';
import { storeReplies } from '../../src/db/replies.ts';
import { saveShopper } from '../../src/db/shoppers.ts';
import type { aReply } from './builders.ts';

type Reply = ReturnType<typeof aReply>;

/** Stores replies as the stream's listener does, and nothing more. Returns their ids. */
export async function store(context: Pick<Context, 'db'>, ...replies: Reply[]): Promise<string[]> {
  await storeReplies(
    context.db,
    replies.map((reply) => ({
      source: 'stream',
      post_id: reply.data.id,
      body: Buffer.from(JSON.stringify(reply)),
    })),
  );
  return replies.map((reply) => reply.data.id);
}

/** Delivers replies and settles them, in one batch. */
export async function deliver(context: Context, ...replies: Reply[]): Promise<void> {
  await settleReplies(context, await store(context, ...replies));
}

let shoppers = 5_000_000_000_000_000_000n;

/** A shopper who has linked. */
export async function aShopper(
  context: Context,
  email: string | null = 'sam@shopper.example',
): Promise<string> {
  shoppers += 1n;
  const x_user_id = String(shoppers);
  await inTransaction(context.db, (tx) =>
    saveShopper(tx, { x_user_id, username: `s${shoppers % 1_000_000n}`, email, locale: 'en' }),
  );
  return x_user_id;
}

/** The newest outcome of a reply, in short: "added", "refused: paused". */
export async function outcomeOf(context: Context, reply: { data: { id: string } }): Promise<string> {
  const row = await context.db
    .selectFrom('outcomes')
    .select(['outcome', 'reason'])
    .where('post_id', '=', reply.data.id)
    .orderBy('revision', 'desc')
    .executeTakeFirst();
  return row ? [row.outcome, row.reason].filter(Boolean).join(': ') : 'none';
}

/** What a shopper's open carts hold: {"shop MUG": 2}. Removed lines are left out. */
export async function cartOf(context: Context, shopper_id: string): Promise<Record<string, number>> {
  const rows = await context.db
    .selectFrom('carts')
    .innerJoin('cart_lines', 'cart_lines.cart_id', 'carts.id')
    .select(['merchant_id', 'sku', 'quantity'])
    .where('shopper_id', '=', shopper_id)
    .where('status', '=', 'open')
    .where('quantity', '>', 0)
    .execute();
  return Object.fromEntries(rows.map((row) => [`${row.merchant_id} ${row.sku}`, row.quantity]));
}
