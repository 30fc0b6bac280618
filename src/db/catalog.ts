import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { buildCatalog, type Catalog, type CatalogRows, pricesOf, toRows } from '../domain/catalog.ts';
import type { CatalogFile } from '../domain/catalog-file.ts';
import { confirmOptions, fallText, type Priced, type PriceFall, priceFalls } from '../domain/price-falls.ts';
import { PermanentError } from '../errors.ts';
import { type Db, inTransaction, type Tx } from './database.ts';

/**
 * Makes the database's catalog the one of `file`, in one transaction, and a new version of it. What is no longer in
 * it is withdrawn, never deleted. Returns the version, or `undefined` where nothing changed.
 *
 * @param confirmed SKUs whose prices may fall by more than half
 * @throws PermanentError when others do: then nothing is changed
 */
export function applyCatalog(
  db: Db,
  file: CatalogFile,
  by: string,
  confirmed: string[] = [],
): Promise<string | undefined> {
  const rows = toRows(file);
  const bot = file.bot ?? null;
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('apply catalog'))`.execute(tx);
    const present = [...(await presentPrices(tx)), ...(await presentOffers(tx))];
    refuseFalls(priceFalls(present, pricesOf(rows)), confirmed);
    const changes = [
      await upsertMerchants(tx, rows.merchants),
      await upsertProducts(tx, rows.products),
      await upsertVariants(tx, rows.variants),
      await upsertPosts(tx, rows),
    ];
    const before = await newestVersion(tx);
    const sameBot = isDeepStrictEqual(before?.bot, bot);
    if (before && sameBot && changes.every((count) => count === 0n)) return undefined;
    const { version } = await tx
      .insertInto('catalog_versions')
      .values({ applied_by: by, bot: bot && JSON.stringify(bot), file: JSON.stringify(file) } as never)
      .returning('version')
      .executeTakeFirstOrThrow();
    return version;
  });
}

/** What the products of the present catalog cost. */
export const presentPrices = (db: Db): Promise<Priced[]> =>
  db
    .selectFrom('products')
    .innerJoin('merchants', 'merchants.id', 'products.merchant_id')
    .select(['merchant_id', 'sku', 'currency', 'price'])
    .where('products.withdrawn_at', 'is', null)
    .where('products.donation', 'is', null)
    .execute();

/** What is otherwise by the offers of single posts. */
const presentOffers = (db: Db): Promise<Priced[]> =>
  db
    .selectFrom('post_products as o')
    .innerJoin('merchants', 'merchants.id', 'o.merchant_id')
    .select(['merchant_id', 'product_sku as sku', 'currency', 'post_id'])
    .select((eb) => eb.ref('o.price').$notNull().as('price'))
    .where('o.price', 'is not', null)
    .execute();

function refuseFalls(falls: PriceFall[], confirmed: string[]): void {
  const doubtful = falls.filter(({ sku }) => !confirmed.includes(sku));
  if (doubtful.length === 0) return;
  throw new PermanentError(
    `${doubtful.length} price(s) fall by more than half, so nothing was applied:\n${doubtful
      .map((fall) => `  ${fallText(fall)}`)
      .join('\n')}\nIf that is meant, apply it with: ${confirmOptions(falls)}`,
  );
}

async function upsertMerchants(tx: Tx, merchants: CatalogRows['merchants']): Promise<bigint> {
  const json = JSON.stringify(merchants);
  return affected(
    await sql`
      with given as (select * from jsonb_populate_recordset(null::merchants, ${json}))
      insert into merchants select * from given
      on conflict (id) do update set
        name = excluded.name, username = excluded.username, x_user_id = excluded.x_user_id,
        currency = excluded.currency, locale = excluded.locale, timezone = excluded.timezone,
        support_email = excluded.support_email, postal_address = excluded.postal_address,
        returns_policy = excluded.returns_policy,
        cancel_hours = excluded.cancel_hours, shipping = excluded.shipping,
        accept_quotes = excluded.accept_quotes, first_contact = excluded.first_contact,
        acknowledge = excluded.acknowledge, hashtags = excluded.hashtags, tax = excluded.tax,
        prices_include_tax = excluded.prices_include_tax, withdrawn_at = null
      where merchants.* is distinct from excluded.*`.execute(tx),
    await sql`
      update merchants set withdrawn_at = now()
      where withdrawn_at is null and id not in (select id from jsonb_populate_recordset(null::merchants, ${json}))`.execute(
      tx,
    ),
  );
}

async function upsertProducts(tx: Tx, products: CatalogRows['products']): Promise<bigint> {
  const json = JSON.stringify(products);
  return affected(
    await sql`
      insert into products select * from jsonb_populate_recordset(null::products, ${json})
      on conflict (merchant_id, sku) do update set
        title = excluded.title, words = excluded.words, kind = excluded.kind, price = excluded.price,
        price_policy = excluded.price_policy, promised_hours = excluded.promised_hours,
        purchase_limit = excluded.purchase_limit, stock_mode = excluded.stock_mode,
        hold_minutes = excluded.hold_minutes, options = excluded.options, delivery_url = excluded.delivery_url,
        delivery_file = excluded.delivery_file, delivery_days = excluded.delivery_days,
        delivery_times = excluded.delivery_times, donation = excluded.donation,
        paused = excluded.paused, sensitive = excluded.sensitive, starts_at = excluded.starts_at,
        ends_at = excluded.ends_at, image = excluded.image, tax_code = excluded.tax_code, withdrawn_at = null
      where products.* is distinct from excluded.*`.execute(tx),
    await sql`
      update products set withdrawn_at = now()
      where withdrawn_at is null and (merchant_id, sku) not in
        (select merchant_id, sku from jsonb_populate_recordset(null::products, ${json}))`.execute(tx),
  );
}

async function upsertVariants(tx: Tx, variants: CatalogRows['variants']): Promise<bigint> {
  const json = JSON.stringify(variants);
  return affected(
    await sql`
      insert into variants (merchant_id, sku, product_sku, choice, stock, purchase_limit, paused, starts_at, ends_at)
      select merchant_id, sku, product_sku, choice, stock, purchase_limit, paused, starts_at, ends_at
      from jsonb_populate_recordset(null::variants, ${json})
      order by merchant_id, sku
      on conflict (merchant_id, sku) do update set
        product_sku = excluded.product_sku, choice = excluded.choice, stock = excluded.stock,
        purchase_limit = excluded.purchase_limit, paused = excluded.paused, starts_at = excluded.starts_at,
        ends_at = excluded.ends_at, withdrawn_at = null
      where (variants.product_sku, variants.choice, variants.stock, variants.purchase_limit, variants.paused,
          variants.starts_at, variants.ends_at, variants.withdrawn_at)
        is distinct from (excluded.product_sku, excluded.choice, excluded.stock, excluded.purchase_limit,
          excluded.paused, excluded.starts_at, excluded.ends_at, null::timestamptz)`.execute(tx),
    await sql`
      update variants set withdrawn_at = now()
      where withdrawn_at is null and (merchant_id, sku) not in
        (select merchant_id, sku from jsonb_populate_recordset(null::variants, ${json}))`.execute(tx),
  );
}

async function upsertPosts(tx: Tx, { posts, post_products }: CatalogRows): Promise<bigint> {
  const json = JSON.stringify(post_products);
  return affected(
    await sql`
      insert into posts (id) select id from jsonb_populate_recordset(null::posts, ${JSON.stringify(posts)})
      on conflict do nothing`.execute(tx),
    await sql`
      insert into post_products select * from jsonb_populate_recordset(null::post_products, ${json})
      on conflict (post_id, merchant_id, product_sku) do update set price = excluded.price
      where post_products.price is distinct from excluded.price`.execute(tx),
    await sql`
      delete from post_products where (post_id, merchant_id, product_sku) not in
        (select post_id, merchant_id, product_sku from jsonb_populate_recordset(null::post_products, ${json}))`.execute(
      tx,
    ),
  );
}

function affected(...results: Array<{ numAffectedRows?: bigint }>): bigint {
  return results.reduce((sum, { numAffectedRows = 0n }) => sum + numAffectedRows, 0n);
}

/** The newest version's number and bot. */
export const newestVersion = (db: Db) =>
  db
    .selectFrom('catalog_versions')
    .select(['version', 'bot'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The catalog as replies are read against it. `undefined` before the first one was applied. */
export async function loadCatalog(db: Db): Promise<Catalog | undefined> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const newest = await newestVersion(tx);
      if (!newest) return undefined;
      return buildCatalog({
        version: newest.version,
        bot_id: newest.bot?.user_id,
        merchants: await tx.selectFrom('merchants').selectAll().where('withdrawn_at', 'is', null).execute(),
        products: await tx.selectFrom('products').selectAll().where('withdrawn_at', 'is', null).execute(),
        exceptions: await tx
          .selectFrom('variants')
          .select(['merchant_id', 'sku', 'product_sku', 'purchase_limit', 'paused', 'starts_at', 'ends_at'])
          .where('withdrawn_at', 'is', null)
          .where(sql<boolean>`num_nonnulls(purchase_limit, paused, starts_at, ends_at) > 0`)
          .execute(),
        post_products: await tx
          .selectFrom('post_products')
          .innerJoin('posts', 'posts.id', 'post_products.post_id')
          .select(['post_id', 'merchant_id', 'product_sku', 'conversation_id', 'price'])
          .where('gone_at', 'is', null)
          .orderBy('post_id')
          .execute(),
        post_aliases: await tx.selectFrom('post_aliases').selectAll().execute(),
        signed_in: (
          await tx
            .selectFrom('merchant_accounts')
            .select('x_user_id')
            .where('tokens', 'is not', null)
            .execute()
        ).map((row) => row.x_user_id),
      });
    });
}

/** Gives the catalog in its newest version, and reads it again only when a newer one was applied. */
export function followCatalog(db: Db): () => Promise<Catalog | undefined> {
  let catalog: Catalog | undefined;
  return async () => {
    const newest = await newestVersion(db);
    if (newest?.version !== catalog?.version) catalog = await loadCatalog(db);
    return catalog;
  };
}
