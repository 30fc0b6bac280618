import { type Context, Hono } from 'hono';
import type { Faults } from './faults.ts';
import { expansionsQuery, postFieldsQuery, userFieldsQuery, wantedOf } from './fields.ts';
import { type Env, guard } from './guard.ts';
import { invalidRequest } from './problems.ts';
import { readQuery } from './request-input.ts';
import type { StandIn } from './stand-in.ts';
import { STREAM_PATH } from './stream.ts';
import type { Connection } from './stream-connection.ts';

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'transfer-encoding': 'chunked',
  // Keeps the ledger from waiting for the end.
  'x-stream': 'filtered',
};

const ENTERPRISE = ['backfill_minutes', 'start_time', 'end_time'];

/** The filtered stream (X docs: filtered stream; consuming streaming data). */
export function streamRoutes(x: StandIn): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get(STREAM_PATH, guard(x, `GET ${STREAM_PATH}`, { app: [{ requests: 50 }] }), async (c) => {
    refuseEnterprise(c);
    const query = readQuery(c, { ...postFieldsQuery, ...userFieldsQuery, ...expansionsQuery });
    if (x.faults.take('hang')) {
      await gone(c);
      return c.body(null);
    }
    if (x.faults.take('accept_and_close')) return c.body(closed(), 200, HEADERS);
    const connection = x.stream.connect(wantedOf(query), () => hangUp(c));
    applyFaults(connection, x.faults);
    return c.body(connection.body, 200, HEADERS);
  });

  return routes;
}

function refuseEnterprise(c: Context): void {
  const asked = ENTERPRISE.find((name) => c.req.query(name) !== undefined);
  if (asked)
    throw invalidRequest(`The query parameter [${asked}] is for Enterprise access.`, {
      [asked]: c.req.queries(asked) ?? [],
    });
}

function applyFaults(connection: Connection, faults: Faults): void {
  if (faults.take('stall')) connection.silence('everything');
  if (faults.take('stop_posts')) connection.silence('posts');
  if (faults.take('operational_disconnect')) connection.disconnect('UpstreamOperationalDisconnect');
}

/** Resolves when the client has given up. */
const gone = (c: Context): Promise<void> =>
  new Promise((resolve) => c.req.raw.signal.addEventListener('abort', () => resolve(), { once: true }));

const closed = (): ReadableStream<Uint8Array> =>
  new ReadableStream({ start: (controller) => controller.close() });

/** Ends the TCP connection without the end of the body, once what was written is out. */
function hangUp(c: Context<Env>): void {
  setImmediate(() => c.env.outgoing.socket?.destroySoon());
}
