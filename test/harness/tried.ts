import type { Db, Tx } from '../../src/db/database.ts';

/** What a transaction would do, and then does not: it is rolled back in any case. */
export async function tried<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const tx = await db.startTransaction().execute();
  try {
    return await work(tx);
  } finally {
    await tx.rollback().execute();
  }
}
