import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from './database.ts';

/** Keeps out of a transaction whoever is about to erase somebody. Returns when that was last done. */
export async function keepErasuresOut(tx: Tx): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select keep_erasures_out() as at`.execute(tx);
  return rows[0]?.at ?? null;
}

/** Waits until everybody whom an erasure would disturb has finished, and holds up those who come after. */
export async function beginErasure(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('erasure'))`.execute(tx);
}

/** Remembers that somebody was erased, by hashes in hexadecimal digits. */
export async function noteErased(tx: Tx, hashes: string[]): Promise<void> {
  await sql`
    insert into erased (hash) ${bytes(hashes)}
    on conflict (hash) do update set erased_at = excluded.erased_at`.execute(tx);
}

/** Which of these hashes stay of somebody who was erased, and when that was. */
export async function whenErased(db: Db, hashes: string[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ hash: string; erased_at: Date }>`
    select encode(hash, 'hex') as hash, erased_at from erased where hash in (${bytes(hashes)})`.execute(db);
  return new Map(rows.map(({ hash, erased_at }) => [hash, erased_at]));
}

export async function dropErased(tx: Tx, hashes: string[]): Promise<void> {
  await sql`delete from erased where hash in (${bytes(hashes)})`.execute(tx);
}

const bytes = (hashes: string[]): RawBuilder<unknown> =>
  sql`select decode(hash, 'hex') from unnest(${hashes}::text[]) as given (hash)`;
