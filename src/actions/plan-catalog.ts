import { newestVersion } from '../db/catalog.ts';
import { inOneLook, presentRows, type Touched, touchedProducts } from '../db/catalog-plan.ts';
import type { Db } from '../db/database.ts';
import { keptFor } from '../db/kept-replies.ts';
import { type Catalog, type CatalogRows, pricesOf, toRows } from '../domain/catalog.ts';
import { type Change, catalogChanges } from '../domain/catalog-changes.ts';
import type { CatalogFile } from '../domain/catalog-file.ts';
import { catalogOfRows } from '../domain/catalog-of-rows.ts';
import { planCatalogRules, ruleReport, type Uncovered } from '../domain/catalog-rules.ts';
import { MOST_RULES } from '../domain/filter-rules.ts';
import { type PriceFall, priceFalls } from '../domain/price-falls.ts';
import { compareIds } from '../domain/snowflake.ts';

/** What applying a catalog would do. */
export interface CatalogPlan {
  /** The version that it is compared with; null: none was applied yet. */
  version: string | null;
  changes: Change[];
  /** What hangs on products that change or are withdrawn. */
  touched: Touched[];
  /** Prices that have to be confirmed. */
  falls: PriceFall[];
  /** Replies that wait for posts which it names first. */
  kept: Array<{ post_id: string; replies: number }>;
  /** The stream rules at X, and what they do not cover. */
  rules: { added: string[]; deleted: string[]; used: number; of: number; uncovered: Uncovered[] };
}

/** Compares a catalog with the present one. Changes nothing. */
export function planCatalog(db: Db, file: CatalogFile): Promise<CatalogPlan> {
  return inOneLook(db, async (tx) => {
    const newest = await newestVersion(tx);
    const [before, after] = [await presentRows(tx), toRows(file)];
    const changes = catalogChanges(before, after);
    const isChanged = new Set(
      changes
        .filter(({ kind, what }) => what !== 'product' || kind !== 'added')
        .map(({ merchant_id, product_sku, sku }) => `${merchant_id} ${product_sku ?? sku}`),
    );
    const conversations = new Map(
      before.posts.map(({ id, conversation_id }) => [String(id), conversation_id?.toString()]),
    );
    const asCatalog = (rows: CatalogRows, bot_id: string | undefined): Catalog =>
      catalogOfRows(inOrder(rows), bot_id, (id) => conversations.get(id));
    const present = ruleReport(asCatalog(before, newest?.bot?.user_id)).rules;
    const next = asCatalog(after, file.bot?.user_id);
    const { steps, rules } = planCatalogRules(
      next,
      present.map((value) => ({ id: value, value, ours: true })),
    );
    const newPosts = changes.flatMap(({ kind, what, post_id }) =>
      kind === 'added' && what === 'post' && post_id !== undefined ? [post_id] : [],
    );
    return {
      version: newest?.version ?? null,
      changes,
      touched: (await touchedProducts(tx)).filter(({ merchant_id, sku }) =>
        isChanged.has(`${merchant_id} ${sku}`),
      ),
      falls: priceFalls(pricesOf(before), pricesOf(after)),
      kept: [...(await keptFor(tx, newPosts))].map(([post_id, replies]) => ({ post_id, replies })),
      rules: {
        added: steps.flatMap((step) => ('add' in step ? step.add : [])),
        deleted: steps.flatMap((step) => ('delete' in step ? step.delete : [])),
        used: rules.length,
        of: MOST_RULES,
        uncovered: ruleReport(next).uncovered,
      },
    };
  });
}

/** Rules are packed in the order of the rows. */
const inOrder = (rows: CatalogRows): CatalogRows => ({
  ...rows,
  merchants: [...rows.merchants].sort((a, b) => (a.id < b.id ? -1 : 1)),
  post_products: [...rows.post_products].sort((a, b) => compareIds(String(a.post_id), String(b.post_id))),
});
