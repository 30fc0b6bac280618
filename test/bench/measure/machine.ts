import type { Databases } from '../servers/databases.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import type { RedisServer } from '../servers/redis.ts';

export type Backend = 'postgres' | 'redis';

/** What everything runs on. */
export interface Machine {
  postgres: PostgresServer;
  redis: RedisServer | undefined;
  databases: Databases;
  /** The folder for profiles of everything that runs, where they are wanted. */
  profiles: string | undefined;
  /** Seconds to wait, before each run, for others on the machine to be done. */
  patience: number;
}

/** The queue's address for a backend: Redis', emptied; none for PostgreSQL, where the database has it. */
export async function queueOf({ redis }: Machine, backend: Backend): Promise<string | undefined> {
  if (backend === 'postgres') return undefined;
  await redis?.empty();
  return redis?.url;
}
