import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { metadata } from './api-metadata.ts';
import { choice, country, currency, email, flag, integer, text, url } from './api-params.ts';
import { LARGEST_AMOUNT } from './currencies.ts';
import { cancelIntent, checkIntent, createIntent } from './intent.ts';
import { noSuch } from './refusals.ts';
import { splitShape } from './split-params.ts';

const REASONS = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;
const OFF_SESSION = ['true', 'false', 'one_off', 'recurring'] as const;

/** Body of `POST /v1/payment_intents` (Stripe API reference, "Create a PaymentIntent"). */
export const intentParams = z.strictObject({
  amount: integer(1, LARGEST_AMOUNT),
  currency,
  customer: text().optional(),
  payment_method: text().optional(),
  confirm: flag.optional(),
  off_session: choice(OFF_SESSION, OFF_SESSION).optional(),
  error_on_requires_action: flag.optional(),
  allowed_payment_method_types: z.array(text()).optional(),
  description: text(1_000).optional(),
  metadata: metadata.optional(),
  receipt_email: email.optional(),
  return_url: url.optional(),
  shipping: z
    .strictObject({
      name: text(),
      phone: text().optional(),
      address: z.strictObject({
        line1: text().optional(),
        line2: text().optional(),
        city: text().optional(),
        state: text().optional(),
        postal_code: text().optional(),
        country: country.optional(),
      }),
    })
    .optional(),
  statement_descriptor_suffix: text(22).optional(),
  ...splitShape,
  transfer_group: text().optional(),
});

export type IntentParams = z.infer<typeof intentParams>;

/** What else Stripe takes there: refused by name, so that nobody thinks it had an effect. */
export const INTENT_NOT_SIMULATED = `
  amount_details automatic_payment_methods capture_method confirmation_method confirmation_token
  customer_account excluded_payment_method_types hooks mandate mandate_data payment_details
  payment_method_configuration payment_method_data payment_method_options radar_options setup_future_usage
  shipping.carrier shipping.tracking_number statement_descriptor transfer_data.amount use_stripe_sdk`
  .trim()
  .split(/\s+/);

export const intentApi: Mount[] = [
  endpoint({
    method: 'POST',
    path: '/v1/payment_intents',
    params: intentParams,
    notSimulated: INTENT_NOT_SIMULATED,
    answers: 'payment_intent',
    check: checkIntent,
    run: createIntent,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/payment_intents/:id/cancel',
    params: z.strictObject({ cancellation_reason: choice(REASONS, REASONS).optional() }),
    answers: 'payment_intent',
    run: (stand, { cancellation_reason = null }, call) => cancelIntent(stand, cancellation_reason, call),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/setup_intents/:id',
    params: z.strictObject({}),
    notSimulated: ['client_secret'],
    answers: 'setup_intent',
    run: ({ store }, _, { id }) => {
      const setup = store.setups.get(id);
      if (!setup) throw noSuch('setupintent', id, 'intent');
      return setup;
    },
  }),
];
