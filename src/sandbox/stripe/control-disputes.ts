import type { Hono } from 'hono';
import type Stripe from 'stripe';
import { z } from 'zod';
import { readInput, refuse } from './control-input.ts';
import { DISPUTE_STATUSES, openDispute, settleDispute } from './dispute.ts';
import { endWarning, warnOfFraud } from './fraud-warning.ts';
import type { Stand } from './stand.ts';

const newDispute = z.strictObject({
  payment_intent: z.string(),
  status: z.enum(DISPUTE_STATUSES).default('needs_response'),
  reason: z.string().default('fraudulent'),
  amount: z.int().min(1).optional(),
});
const change = z.strictObject({ status: z.enum(DISPUTE_STATUSES) });
const newWarning = z.strictObject({
  payment_intent: z.string(),
  fraud_type: z.string().default('unauthorized_use_of_card'),
});

/** What shoppers' banks and cards' networks hold against payments. */
export function controlDisputes(control: Hono, stand: Stand): void {
  const { store } = stand;
  const chargeOf = (payment_intent: string): Stripe.Charge => {
    const charge = store.charges.get(String(store.intents.get(payment_intent)?.latest_charge));
    if (charge?.status !== 'succeeded') throw refuse(409, `${payment_intent} has no charge that succeeded.`);
    return charge;
  };

  control.post('/disputes', async (c) => {
    const { payment_intent, ...given } = await readInput(c, newDispute);
    return c.json(openDispute(stand, chargeOf(payment_intent), given));
  });

  control.post('/disputes/:id', async (c) => {
    const { status } = await readInput(c, change);
    const dispute = store.disputes.get(c.req.param('id'));
    if (!dispute) throw refuse(404, `There is no dispute ${c.req.param('id')}.`);
    const settled = settleDispute(stand, dispute, status);
    if (!settled) throw refuse(409, `The dispute is ${dispute.status}: it cannot become ${status}.`);
    return c.json(settled);
  });

  control.post('/fraud-warnings', async (c) => {
    const { payment_intent, fraud_type } = await readInput(c, newWarning);
    return c.json(warnOfFraud(stand, chargeOf(payment_intent), fraud_type));
  });

  control.post('/fraud-warnings/:id/end', async (c) => {
    const warning = store.warnings.get(c.req.param('id'));
    if (!warning) throw refuse(404, `There is no warning ${c.req.param('id')}.`);
    return c.json(endWarning(stand, warning));
  });
}
