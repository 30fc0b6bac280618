import { Hono } from 'hono';
import { z } from 'zod';
import { changeAccount, describeAccount } from './account.ts';
import { controlConnected } from './control-connected.ts';
import { controlDisputes } from './control-disputes.ts';
import { onlyLocalPrograms } from './control-guard.ts';
import { readInput } from './control-input.ts';
import { controlPayments } from './control-payments.ts';
import { controlWebhooks } from './control-webhooks.ts';
import { FAULT_KINDS } from './faults.ts';
import { expireOverdue } from './session.ts';
import type { Stand } from './stand.ts';
import { ONLY } from './store.ts';

const fault = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  times: z.int().min(1).max(10_000),
  path: z.string().startsWith('/').optional(),
  method: z.enum(['GET', 'POST', 'DELETE']).optional(),
});

const settings = z.strictObject({ refunds: z.enum(['instant', 'pending']) });

const account = z
  .strictObject({
    name: z.string().min(1),
    email: z.email(),
    country: z.string().length(2),
    default_currency: z.string().length(3),
    charges_enabled: z.boolean(),
    payouts_enabled: z.boolean(),
    details_submitted: z.boolean(),
  })
  .partial();

const clockMove = z.strictObject({ advance_ms: z.int().min(0) });

/** What Stripe does not have: the hands of shoppers, banks, the time and bad luck. Under `/control`, in JSON. */
export function makeControl(stand: Stand): Hono {
  const control = new Hono().basePath('/control');
  control.use('*', onlyLocalPrograms);
  controlPayments(control, stand);
  controlDisputes(control, stand);
  controlWebhooks(control, stand);
  controlConnected(control, stand);

  control.get('/faults', (c) => c.json({ data: stand.faults.waiting() }));
  control.post('/faults', async (c) => {
    stand.faults.add(await readInput(c, fault));
    return c.json({ data: stand.faults.waiting() });
  });
  control.delete('/faults', (c) => {
    stand.faults.clear();
    return c.json({ data: [] });
  });

  control.post('/settings', async (c) => {
    const given = await readInput(c, settings);
    stand.store.refundSettings.set(ONLY, given);
    return c.json(given);
  });

  control.post('/account', async (c) => {
    changeAccount(stand, await readInput(c, account));
    return c.json(describeAccount(stand));
  });

  control.post('/clock', async (c) => {
    const { advance_ms } = await readInput(c, clockMove);
    stand.clock.advance(advance_ms);
    expireOverdue(stand);
    stand.courier.wake();
    return c.json({ now: stand.clock.now().toISOString() });
  });

  return control;
}
