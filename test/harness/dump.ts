import { Redis } from 'ioredis';
import { sql } from 'kysely';
import type { Db } from '../../src/db/database.ts';

/** Every row of every table, the queues' ones too, as text, with the table's name before it. */
export async function dumpDatabase(db: Db): Promise<string[]> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  const all: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql<{
      row: string;
    }>`select t::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(db);
    all.push(...rows.map(({ row }) => `${schema}.${name} ${row}`));
  }
  return all;
}

/** Every key of a Redis database, with what it holds. */
export async function dumpRedis(url: string): Promise<string[]> {
  const redis = new Redis(url);
  try {
    const all: string[] = [];
    for (const key of await redis.keys('*')) {
      const type = await redis.type(key);
      const value = await {
        string: () => redis.get(key),
        hash: () => redis.hgetall(key),
        list: () => redis.lrange(key, 0, -1),
        set: () => redis.smembers(key),
        zset: () => redis.zrange(key, 0, -1),
        stream: () => redis.xrange(key, '-', '+'),
      }[type as 'string']();
      all.push(`${key} ${JSON.stringify(value)}`);
    }
    return all;
  } finally {
    redis.disconnect();
  }
}
