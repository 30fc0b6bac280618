import { sql } from 'kysely';
import { type Db, inTransaction } from './database.ts';
import type { SpendingKind } from './schema.ts';

/** Lookups and replies that we choose to make. What X delivers by itself is no matter of the day's budget. */
type Lookup = Exclude<SpendingKind, 'refused'>;

/** A number of units of the same price, in millionths of a US dollar. */
export interface Cost {
  what: Lookup;
  units: number;
  price: number;
}

/** Notes what X bills for; negative units were not billed after all (which may turn out on the next day). */
export async function noteSpent(db: Db, { what, units, price }: Cost): Promise<void> {
  if (units === 0) return;
  await sql`
    insert into spending (what, units, micro_dollars)
    values (${what}, greatest(${units}::int, 0), greatest(${units * price}::bigint, 0))
    on conflict (day, what) do update set
      units = greatest(spending.units + ${units}::int, 0),
      micro_dollars = greatest(spending.micro_dollars + ${units * price}::bigint, 0)`.execute(db);
}

/**
 * Takes what is wanted out of the day's budget, as much of it as is left.
 *
 * @param budget of the UTC day, in millionths of a US dollar
 * @returns how many units were granted; `first`: it is the first time today that not all were
 */
export function grant(
  db: Db,
  { what, units, price, budget }: Cost & { what: Lookup; budget: number },
): Promise<{ granted: number; first: boolean }> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('spending'))`.execute(tx);
    const { rows } = await sql<{ spent: string }>`
      select coalesce(sum(micro_dollars), 0) as spent from spending
      where day = (now() at time zone 'utc')::date`.execute(tx);
    const left = Math.floor((budget - Number(rows[0]?.spent ?? 0)) / price);
    const granted = Math.max(0, Math.min(units, left));
    await noteSpent(tx, { what, units: granted, price });
    if (granted === units) return { granted, first: false };
    const refused = await sql<{ first: boolean }>`
      insert into spending (what, units, micro_dollars) values ('refused', ${units - granted}, 0)
      on conflict (day, what) do update set units = spending.units + excluded.units
      returning units = ${units - granted} as first`.execute(tx);
    return { granted, first: refused.rows[0]?.first ?? false };
  });
}
