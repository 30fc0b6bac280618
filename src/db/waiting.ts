import { sql } from 'kysely';

/** Of `outcomes o`: what was kept for shoppers who have not linked, and questions and refusals of which nobody was told. */
export const untold = sql<boolean>`(o.mail_id is null and o.outcome in ('held', 'asked', 'refused'))`;

/** The same, as far as it is their replies' newest outcome: it waits for them to link. */
export const waiting = sql`${untold}
  and not exists (select from outcomes later where later.post_id = o.post_id and later.revision > o.revision)`;
