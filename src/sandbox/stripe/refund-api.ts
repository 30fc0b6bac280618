import type Stripe from 'stripe';
import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { metadata } from './api-metadata.ts';
import { choice, flag, integer, text } from './api-params.ts';
import { readable } from './api-readable.ts';
import { refundCharge } from './refund.ts';
import { invalid, noSuch } from './refusals.ts';
import type { Stand } from './stand.ts';

const PATH = '/v1/refunds';
const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

export const refundApi: Mount[] = [
  endpoint({
    method: 'POST',
    path: PATH,
    params: z.strictObject({
      payment_intent: text().optional(),
      charge: text().optional(),
      amount: integer(1).optional(),
      reason: choice(REASONS, REASONS).optional(),
      metadata: metadata.optional(),
      refund_application_fee: flag.optional(),
      reverse_transfer: flag.optional(),
    }),
    notSimulated: ['currency', 'customer', 'instructions_email', 'origin'],
    answers: 'refund',
    check: (_, { payment_intent, charge }) => {
      if (payment_intent === undefined && charge === undefined)
        throw invalid(
          'One of the following params should be provided for this request: payment_intent or charge.',
          {
            code: 'parameter_missing',
            param: 'payment_intent',
          },
        );
    },
    run: (stand, { payment_intent, charge, ...given }, call) =>
      refundCharge(stand, chargeToRefund(stand, payment_intent, charge), given, call),
  }),
  ...readable({
    path: PATH,
    kind: 'refund',
    by: ['charge', 'payment_intent'],
    find: ({ store }) => store.refunds,
  }),
];

/** @throws Refusal 404 for unknown ids, 400 where there is no money to give back */
function chargeToRefund(
  stand: Stand,
  intentId: string | undefined,
  chargeId: string | undefined,
): Stripe.Charge {
  const { intents, charges } = stand.store;
  const intent = intentId === undefined ? undefined : intents.get(intentId);
  if (intentId !== undefined && !intent) throw noSuch('payment_intent', intentId, 'payment_intent');
  const named = chargeId === undefined ? undefined : charges.get(chargeId);
  if (chargeId !== undefined && !named) throw noSuch('charge', chargeId, 'charge');
  if (named && intent && named.payment_intent !== intent.id)
    throw invalid(`Charge ${named.id} does not belong to PaymentIntent ${intent.id}.`, { param: 'charge' });
  const charge = named ?? charges.get(String(intent?.latest_charge));
  if (charge?.status !== 'succeeded')
    throw invalid(
      `This PaymentIntent (${intentId ?? named?.payment_intent}) does not have a successful charge to refund.`,
      { param: intentId === undefined ? 'charge' : 'payment_intent' },
    );
  return charge;
}
