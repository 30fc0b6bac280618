import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** A PostgreSQL array of ids: built by hand, because the driver's own way costs as much as the statement. */
export const idArray = (ids: string[]): RawBuilder<string[]> => sql`${`{${ids.join(',')}}`}::bigint[]`;

/** `column = any(ids)`: one parameter, however many ids. */
export const anyId = (column: string, ids: string[]): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(column)} = any(${idArray(ids)})`;
