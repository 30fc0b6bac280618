import { Hono } from 'hono';
import { z } from 'zod';
import { type Env, guard } from './guard.ts';
import { integer, readQuery } from './request-input.ts';
import type { StandIn } from './stand-in.ts';

/** Which connections an app has open, and the way to close them from outside (X docs: connections). */
export function connectionRoutes(x: StandIn): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/2/connections', guard(x, 'GET /2/connections', { app: [] }), (c) => {
    const query = readQuery(c, {
      status: z.enum(['active', 'inactive', 'all'], 'is not one of [active,inactive,all]').default('active'),
      endpoints: z.string().default('filtered_stream'),
      max_results: integer('max_results', 1, 100).optional(),
      'connection.fields': z.string().optional(),
    });
    const connection = x.stream.connection();
    const isAsked = query.status !== 'inactive' && query.endpoints.split(',').includes('filtered_stream');
    if (!connection || !isAsked) return c.json({ meta: { result_count: 0 } });
    const { id, connected_at } = connection;
    const data = [{ id, endpoint_name: 'filtered_stream', connected_at, client_ip: '127.0.0.1' }];
    return c.json({ data, meta: { result_count: 1 } });
  });

  routes.delete(
    '/2/connections/all',
    guard(x, 'DELETE /2/connections/all', { app: [{ requests: 25 }] }),
    (c) => {
      readQuery(c, {});
      const connection = x.stream.connection();
      connection?.disconnect('ForceDisconnect');
      const results = connection ? [{ uuid: connection.id, success: true }] : [];
      return c.json({ data: { successful_kills: results.length, failed_kills: 0, results } });
    },
  );

  return routes;
}
