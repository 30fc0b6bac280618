import type Stripe from 'stripe';
import { attach, makeCard } from './card.ts';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import type { PaymentDetails } from './payment-details.ts';
import { type CardMethod, FAILURES, type Failure } from './payment-methods.ts';
import type { SessionRecord } from './session.ts';
import type { SessionParams } from './session-params.ts';
import { type Stand, unixTime } from './stand.ts';

type Setup = Stripe.SetupIntent;

/** The SetupIntent of a session that keeps a card and takes no money. */
export function makeSetup(
  stand: Stand,
  { customer, setup_intent_data = {} }: SessionParams,
  types: string[],
): Setup {
  const id = newId('seti_1');
  const setup: Setup = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: newId(`${id}_secret_`),
    created: unixTime(stand.clock),
    customer: customer ?? null,
    customer_account: null,
    description: setup_intent_data.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: setup_intent_data.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: types,
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
  };
  stand.store.setups.set(id, setup);
  return setup;
}

const setupOf = (stand: Stand, { session }: SessionRecord): Setup =>
  stand.store.setups.get(String(session.setup_intent)) as Setup;

/** The card works, and is the customer's from now on. */
export function succeedSetup(stand: Stand, record: SessionRecord, details: PaymentDetails): void {
  const { customer } = record.session;
  const { email, name, address } = details;
  const made = makeCard(stand, {
    behaves: details.method as CardMethod,
    billing: { email, name, address },
    allow_redisplay: 'limited',
  });
  if (typeof customer === 'string') attach(stand, made, customer);
  const setup = {
    ...setupOf(stand, record),
    last_setup_error: null,
    payment_method: made.card.id,
    status: 'succeeded' as const,
  };
  stand.store.setups.set(setup.id, setup);
  emit(stand, 'setup_intent.succeeded', setup);
}

/** The bank says no: another card may be tried. */
export function failSetup(stand: Stand, record: SessionRecord, failure: Failure): void {
  const setup: Setup = {
    ...setupOf(stand, record),
    last_setup_error: { type: 'card_error', ...FAILURES[failure] },
  };
  stand.store.setups.set(setup.id, setup);
  emit(stand, 'setup_intent.setup_failed', setup);
}
