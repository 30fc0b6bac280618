import { sql } from 'kysely';
import { needsShipping } from '../domain/cart.ts';
import type { Db, Tx } from './database.ts';
import type { Order, OrderFacts } from './order-facts.ts';
import { availableTo, variantTitle } from './stock.ts';

/** Another option that a line can be swapped for. */
export interface SwapChoice {
  sku: string;
  /** As lines of orders are called. */
  title: string;
  choice: string[];
  /** Pieces that nobody has bought, keeps or waits for; null: not counted. */
  available: number | null;
  variant_limit: number | null;
}

/**
 * What each line of an order could be swapped for: the other options of its product, which all cost the same, but those
 * that the order holds already. By the line's SKU; only of what is sent, and nothing of it given back.
 */
export async function swapChoices(
  db: Db,
  { merchant_id }: Pick<Order, 'merchant_id'>,
  lines: OrderFacts['lines'],
): Promise<Map<string, SwapChoice[]>> {
  const skus = lines.filter((line) => needsShipping([line]) && line.given_back === 0).map(({ sku }) => sku);
  const { rows } = await sql<SwapChoice & { of: string }>`
    select had.sku as of, v.sku, v.choice, ${variantTitle} as title, v.purchase_limit as variant_limit,
      ${availableTo(sql`0`)} as available
    from variants had
    join variants v on v.merchant_id = had.merchant_id and v.product_sku = had.product_sku and v.withdrawn_at is null
    join products p on p.merchant_id = v.merchant_id and p.sku = v.product_sku
    where had.merchant_id = ${merchant_id} and had.sku = any(${skus}::text[])
      and v.sku <> all(${lines.map(({ sku }) => sku)}::text[])
    order by v.sku`.execute(db);
  const choices = new Map<string, SwapChoice[]>();
  for (const { of, ...choice } of rows) choices.set(of, [...(choices.get(of) ?? []), choice]);
  return choices;
}

/** Swaps a line of a locked order: its pieces, the stock, and the record of it. Returns the record's id. */
export async function addSwap(
  tx: Tx,
  {
    order,
    line,
    to,
    title,
    by,
  }: { order: Order; line: OrderFacts['lines'][number]; to: string; title: string; by: string },
): Promise<string> {
  const { quantity } = line;
  const move = (sku: string, pieces: number) =>
    tx
      .updateTable('variants')
      .set({ sold: sql`sold + ${pieces}` })
      .where('merchant_id', '=', order.merchant_id)
      .where('sku', '=', sku)
      .execute();
  await move(line.sku, -quantity);
  await move(to, quantity);
  await tx
    .updateTable('order_lines')
    .set({ sku: to, title })
    .where('order_id', '=', order.id)
    .where('sku', '=', line.sku)
    .execute();
  const { id } = await tx
    .insertInto('order_swaps')
    .values({
      order_id: order.id,
      by,
      from_sku: line.sku,
      from_title: line.title,
      to_sku: to,
      to_title: title,
      quantity,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What was swapped in an order, the oldest first. */
export const swapsOf = (db: Db, order_id: string) =>
  db.selectFrom('order_swaps').selectAll().where('order_id', '=', order_id).orderBy('id').execute();
