import { Hono } from 'hono';
import { readControl } from './control-input.ts';
import { type Fault, faultSchema } from './faults.ts';
import type { StandIn } from './stand-in.ts';

/** Switches on what X does on its bad days. */
export function controlFaultRoutes({ faults, stream }: StandIn): Hono {
  const routes = new Hono();

  const isForOpenConnection = (fault: Fault): boolean => {
    const connection = 'open' in fault && fault.open ? stream.connection() : undefined;
    if (!connection) return false;
    if (fault.kind === 'stall') connection.silence('everything');
    if (fault.kind === 'stop_posts') connection.silence('posts');
    if (fault.kind === 'operational_disconnect') connection.disconnect('UpstreamOperationalDisconnect');
    return true;
  };

  routes.post('/control/faults', async (c) => {
    const fault = await readControl(c, faultSchema);
    if (!isForOpenConnection(fault)) faults.add(fault);
    return c.json({ faults: faults.list() }, 201);
  });

  routes.delete('/control/faults', (c) => {
    faults.clear();
    stream.connection()?.silence('nothing');
    stream.release();
    return c.json({ faults: [] });
  });

  return routes;
}
