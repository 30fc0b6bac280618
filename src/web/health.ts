import { Hono } from 'hono';
import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** `/livez`: the process answers. `/readyz`: what it needs answers too. */
export function healthRoutes({ db, queues, log }: Context): Hono {
  return new Hono()
    .get('/livez', (c) => c.text('ok'))
    .get('/readyz', async (c) => {
      try {
        await sql`select from progress`.execute(db);
        await queues.waiting('read-replies');
        return c.text('ok');
      } catch (error) {
        log.warn({ err: error }, 'not ready');
        return c.text('not ready', 503);
      }
    });
}
