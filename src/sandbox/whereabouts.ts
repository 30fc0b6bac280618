import pg from 'pg';
import type { Memory } from './memory.ts';

/** The settings that lead the product to the stand-ins. */
export interface StandInSettings {
  X_API_URL: string;
  X_AUTH_URL: string;
  STRIPE_API_URL: string;
  SMTP_URL: string;
}

const KIND = 'whereabouts';
const ANSWERS_MS = 2_000;

/** Notes where the stand-ins are, as long as they are there: their ports are new at every start. */
export function noteWhereabouts(memory: Memory, settings: StandInSettings): Disposable {
  const noted = memory.collection<StandInSettings>(KIND);
  noted.set('here', settings);
  return { [Symbol.dispose]: () => noted.delete('here') };
}

/** Where the stand-ins are that another process runs on the same database. `undefined`: none answers. */
export async function findStandIns(databaseUrl: string): Promise<StandInSettings | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ known: boolean }>(
      `select to_regclass('sandbox.things') is not null as known`,
    );
    if (!rows[0]?.known) return undefined;
    const found = await client.query<{ value: StandInSettings }>(
      'select value from sandbox.things where kind = $1',
      [KIND],
    );
    const settings = found.rows[0]?.value;
    return settings && (await answers(settings.STRIPE_API_URL)) ? settings : undefined;
  } finally {
    await client.end();
  }
}

/** Whoever was killed could not take its note back. */
const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(ANSWERS_MS) }).then(
    () => true,
    () => false,
  );
