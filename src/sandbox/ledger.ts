import type { Hono } from 'hono';

/** A request that a stand-in was sent, as it came: tests hold it against the company's own description of its API. */
export interface LedgerEntry {
  method: string;
  /** Without the query. */
  path: string;
  query: string;
  body: string;
  headers: Record<string, string>;
  status: number;
  /** The answer; left out where it is a stream or a page. */
  answer?: string;
}

const KEPT = 5_000;

/** Records every request whose path begins with `prefix`, and answers `GET /control/ledger` with them. */
export function keepLedger(app: Hono, prefix: string): void {
  const entries: LedgerEntry[] = [];
  app.use(`${prefix}/*`, async (c, next) => {
    const body = await c.req.raw.clone().text();
    await next();
    const url = new URL(c.req.url);
    const isJson = c.res.headers.get('content-type')?.includes('json') && !c.res.headers.has('x-stream');
    entries.push({
      method: c.req.method,
      path: url.pathname,
      query: url.search.slice(1),
      body,
      headers: c.req.header(),
      status: c.res.status,
      ...(isJson ? { answer: await c.res.clone().text() } : {}),
    });
    if (entries.length > KEPT) entries.shift();
  });
  app.get('/control/ledger', (c) => c.json(entries));
}
