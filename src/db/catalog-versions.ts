import { sql } from 'kysely';
import type { CatalogFile } from '../domain/catalog-file.ts';
import type { Db } from './database.ts';

export interface CatalogVersion {
  version: string;
  applied_at: Date;
  /** X: the catalog stayed as it was, but X told something about its posts. */
  applied_by: string;
  merchants: number;
  products: number;
}

/** All versions of the catalog, the newest first. */
export async function listVersions(db: Db): Promise<CatalogVersion[]> {
  const { rows } = await sql<CatalogVersion>`
    select version, applied_at, applied_by, merchants, products
    from catalog_versions
    left join lateral (
      select jsonb_array_length(applied.file -> 'merchants') as merchants,
        (select sum(jsonb_array_length(entry -> 'products'))::int
          from jsonb_array_elements(applied.file -> 'merchants') entry) as products
      from catalog_versions applied
      where applied.version <= catalog_versions.version and applied.file is not null
      order by applied.version desc limit 1
    ) counts on true
    order by version desc`.execute(db);
  return rows;
}

/** The catalog as it was applied, in this version or else in the newest; `undefined`: there is none. */
export async function appliedFile(
  db: Db,
  version?: string,
): Promise<{ version: string; applied_at: Date; applied_by: string; file: CatalogFile } | undefined> {
  const found = await db
    .selectFrom('catalog_versions')
    .select(['version', 'applied_at', 'applied_by', 'file'])
    .where('file', 'is not', null)
    .$if(version !== undefined, (query) => query.where('version', '<=', version as string))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found && { ...found, file: found.file as CatalogFile };
}
