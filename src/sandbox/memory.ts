import pg from 'pg';

/** Things of one kind that a stand-in remembers, by their id, in the order in which they came. */
export interface Collection<T> {
  get(id: string): T | undefined;
  /** Adds a thing, or notes that it has changed. */
  set(id: string, value: T): void;
  delete(id: string): void;
  values(): T[];
}

/** What the stand-ins remember. Kept in the database's schema `sandbox`, so that it survives a restart. */
export interface Memory extends AsyncDisposable {
  collection<T>(kind: string): Collection<T>;
  /** Resolves when everything noted so far is stored. */
  saved(): Promise<void>;
}

/** @param databaseUrl where to keep things; without one they are forgotten at the end */
export async function openMemory(databaseUrl?: string): Promise<Memory> {
  const pool = databaseUrl ? new pg.Pool({ connectionString: databaseUrl, max: 1 }) : undefined;
  pool?.on('error', () => {}); // the next statement reports it
  const stored = new Map<string, Map<string, unknown>>();
  if (pool) {
    await pool.query(`
      create schema if not exists sandbox;
      create table if not exists sandbox.things (
        kind text not null, id text not null, position bigint generated always as identity,
        value json not null, primary key (kind, id))`);
    const { rows } = await pool.query('select kind, id, value from sandbox.things order by position');
    for (const { kind, id, value } of rows) {
      const things = stored.get(kind) ?? new Map();
      stored.set(kind, things.set(id, value));
    }
  }
  let writing: Promise<unknown> = Promise.resolve();
  let failure: unknown;
  const write = (text: string, values: unknown[]): void => {
    if (!pool) return;
    writing = writing.then(() => pool.query(text, values)).catch((error) => (failure ??= error));
  };
  const saved = async (): Promise<void> => {
    await writing;
    if (failure) throw failure;
  };
  return {
    collection<T>(kind: string): Collection<T> {
      const things = (stored.get(kind) ?? new Map()) as Map<string, T>;
      stored.set(kind, things);
      return {
        get: (id) => things.get(id),
        set(id, value) {
          things.set(id, value);
          write(
            `insert into sandbox.things (kind, id, value) values ($1, $2, $3)
             on conflict (kind, id) do update set value = excluded.value`,
            [kind, id, JSON.stringify(value)],
          );
        },
        delete(id) {
          things.delete(id);
          write('delete from sandbox.things where kind = $1 and id = $2', [kind, id]);
        },
        values: () => [...things.values()],
      };
    },
    saved,
    async [Symbol.asyncDispose]() {
      await writing;
      await pool?.end();
    },
  };
}
