import type { Hono } from 'hono';
import { z } from 'zod';
import { type ConnectedRecord, changeConnected, deauthorize, setProgress } from './connected.ts';
import { readInput, refuse } from './control-input.ts';
import type { Stand } from './stand.ts';

const change = z.strictObject({
  progress: z.enum(['complete', 'checking', 'unfinished']).optional(),
  charges_enabled: z.boolean().optional(),
  payouts_enabled: z.boolean().optional(),
});

/** What merchants do with their accounts, and Stripe decides about them. */
export function controlConnected(control: Hono, stand: Stand): void {
  const accountNamed = (id: string): ConnectedRecord => {
    const record = stand.store.connected.get(id);
    if (!record || record.gone) throw refuse(404, `There is no account ${id}.`);
    return record;
  };

  control.get('/accounts', (c) =>
    c.json({ data: stand.store.connected.values().map(({ account, gone }) => ({ ...account, gone })) }),
  );

  control.post('/accounts/:id', async (c) => {
    const { progress, ...flags } = await readInput(c, change);
    const known = accountNamed(c.req.param('id'));
    const record = progress ? setProgress(stand, known, progress) : known;
    const { account } = Object.keys(flags).length > 0 ? changeConnected(stand, record, flags) : record;
    return c.json(account);
  });

  control.post('/accounts/:id/deauthorize', (c) => {
    const record = accountNamed(c.req.param('id'));
    deauthorize(stand, record);
    return c.json(record.account);
  });
}
