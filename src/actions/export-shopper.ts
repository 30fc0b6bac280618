import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { type HeldRows, readHeld } from '../db/export.ts';

/** Everything that is held of somebody, to hand over. */
export interface ShopperExport {
  exported_at: string;
  x_user_id: string;
  held: HeldRows;
}

/** Gathers everything that is held of somebody. `undefined`: another export is under way; try again in a moment. */
export async function exportShopper(
  { db, now }: Pick<Context, 'db' | 'now'>,
  x_user_id: string,
): Promise<ShopperExport | undefined> {
  const held = await inTransaction(db, (tx) => readHeld(tx, x_user_id));
  if (!held) return undefined;
  // A post is handed over as X wrote it, not as a text within a text.
  const replies = held.replies?.map(({ body, ...rest }) => ({ ...rest, post: JSON.parse(body as string) }));
  return { exported_at: now().toISOString(), x_user_id, held: { ...held, replies: replies ?? [] } };
}
