import type { Hono } from 'hono';
import { z } from 'zod';
import { savedFor, updateCard } from './card.ts';
import { readInput, refuse } from './control-input.ts';
import { authenticate, pay } from './payment.ts';
import { demoForm, readPayment } from './payment-details.ts';
import { settleDebit } from './payment-late.ts';
import { METHODS, SETUP_METHODS } from './payment-methods.ts';
import { settleRefund } from './refund.ts';
import { expireOverdue, findSession, type SessionRecord } from './session.ts';
import type { Stand } from './stand.ts';

const payment = z.strictObject({
  /** One of the words, or the id of a kept card. */
  card: z
    .enum([...METHODS, ...SETUP_METHODS])
    .or(z.string().startsWith('pm_'))
    .default('ok'),
  /** The card is to be kept for the customer. */
  save: z.boolean().default(false),
  name: z.string().optional(),
  email: z.string().optional(),
  address: z
    .strictObject({
      line1: z.string().optional(),
      line2: z.string().nullish(),
      city: z.string().optional(),
      state: z.string().nullish(),
      postal_code: z.string().nullish(),
      country: z.string().optional(),
    })
    .default({}),
  shipping_rate: z.string().optional(),
});

const answerOfBank = z.strictObject({ result: z.enum(['complete', 'fail']) });
const debitResult = z.strictObject({ result: z.enum(['succeeded', 'failed']) });
const refundResult = z.strictObject({ status: z.enum(['pending', 'succeeded', 'failed']) });

/** What a card network tells of a card. */
const newCard = z
  .strictObject({
    brand: z.string(),
    last4: z.string().length(4),
    exp_month: z.int().min(1).max(12),
    exp_year: z.int(),
  })
  .partial();

/** What shoppers and their banks do. */
export function controlPayments(control: Hono, stand: Stand): void {
  const sessionNamed = (id: string): SessionRecord => {
    const record = findSession(stand, id);
    if (!record) throw refuse(404, `There is no session ${id}.`);
    return record;
  };

  control.get('/sessions', (c) => {
    expireOverdue(stand);
    return c.json({
      data: stand.store.sessions
        .values()
        .map(({ session }) => session)
        .reverse(),
    });
  });

  control.post('/sessions/:id/pay', async (c) => {
    const { card, save, address, ...given } = await readInput(c, payment);
    const record = sessionNamed(c.req.param('id'));
    const asked = Object.entries({ ...given, ...address }).map(([field, value]) => [field, value ?? '']);
    const form = { ...demoForm(record), method: card, save: save ? 'yes' : '', ...Object.fromEntries(asked) };
    const read = readPayment(record, form, savedFor(stand, record));
    if ('faults' in read) throw refuse(422, Object.values(read.faults).join(' '));
    const outcome = await pay(stand, record, read.details);
    return c.json(outcome, outcome.outcome === 'closed' ? 409 : 200);
  });

  control.post('/sessions/:id/authenticate', async (c) => {
    const { result } = await readInput(c, answerOfBank);
    const outcome = await authenticate(stand, sessionNamed(c.req.param('id')), result === 'complete');
    if (!outcome) throw refuse(409, 'No payment of this session waits for the bank.');
    return c.json(outcome, outcome.outcome === 'closed' ? 409 : 200);
  });

  control.post('/sessions/:id/async', async (c) => {
    const { result } = await readInput(c, debitResult);
    const session = settleDebit(stand, sessionNamed(c.req.param('id')), result);
    if (!session) throw refuse(409, 'No bank debit of this session is under way.');
    return c.json(session);
  });

  control.post('/payment_methods/:id', async (c) => {
    const change = await readInput(c, newCard);
    const record = stand.store.cards.get(c.req.param('id'));
    if (!record) throw refuse(404, `There is no payment method ${c.req.param('id')}.`);
    return c.json(updateCard(stand, record, change).card);
  });

  control.post('/refunds/:id', async (c) => {
    const { status } = await readInput(c, refundResult);
    const refund = stand.store.refunds.get(c.req.param('id'));
    if (!refund) throw refuse(404, `There is no refund ${c.req.param('id')}.`);
    const settled = settleRefund(stand, refund, status);
    if (!settled) throw refuse(409, `The refund is ${refund.status}: it cannot become ${status}.`);
    return c.json(settled);
  });
}
