import type Stripe from 'stripe';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { type Stand, unixTime } from './stand.ts';

/** An account that the platform has made for a merchant. */
export interface ConnectedRecord {
  account: ConnectedAccount;
  /** The merchant has taken it away from the platform. */
  gone: boolean;
}

/** As the API shows it. */
export type ConnectedAccount = Stripe.Account & { capabilities: Stripe.Account.Capabilities };

export interface NewAccount {
  country?: string | undefined;
  email?: string | undefined;
  metadata?: Record<string, string> | undefined;
  business_profile?: { name?: string | undefined; url?: string | undefined } | undefined;
  capabilities?: { [name in Capability]?: { requested?: boolean | undefined } | undefined } | undefined;
  controller?: Controller | undefined;
}

export type Capability = 'card_payments' | 'transfers';

interface Controller {
  fees?: { payer?: 'account' | 'application' | undefined } | undefined;
  losses?: { payments?: 'application' | 'stripe' | undefined } | undefined;
  requirement_collection?: 'application' | 'stripe' | undefined;
  stripe_dashboard?: { type?: 'express' | 'full' | 'none' | undefined } | undefined;
}

/** The kind of account that its dashboard makes it (Stripe documentation, "Connected account types"). */
const TYPES = { express: 'express', full: 'standard', none: 'none' } as const;

/** What the merchant is asked for. */
const DUE = ['business_type', 'external_account', 'tos_acceptance.date', 'tos_acceptance.ip'];

/** Makes an account of which nothing is known yet. */
export function makeAccount({ clock }: Stand, given: NewAccount, platformCountry: string): ConnectedRecord {
  const { controller = {} } = given;
  const dashboard = controller.stripe_dashboard?.type ?? 'full';
  const country = given.country ?? platformCountry;
  const requested = Object.entries(given.capabilities ?? {}).filter(([, wish]) => wish?.requested);
  const account: ConnectedAccount = {
    id: newId('acct_1', 16),
    object: 'account',
    business_profile: {
      mcc: null,
      minority_owned_business_designation: null,
      name: given.business_profile?.name ?? null,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: given.business_profile?.url ?? null,
    },
    business_type: null,
    capabilities: Object.fromEntries(requested.map(([name]) => [name, 'inactive'])),
    charges_enabled: false,
    controller: {
      type: 'application',
      is_controller: true,
      fees: { payer: controller.fees?.payer ?? 'account' },
      losses: { payments: controller.losses?.payments ?? 'stripe' },
      requirement_collection: controller.requirement_collection ?? 'stripe',
      stripe_dashboard: { type: dashboard },
    },
    country,
    created: unixTime(clock),
    default_currency: CURRENCIES[country] ?? 'eur',
    details_submitted: false,
    email: given.email ?? null,
    metadata: given.metadata ?? {},
    payouts_enabled: false,
    requirements: requirements(DUE, 'requirements.past_due'),
    tos_acceptance: {},
    type: TYPES[dashboard],
  };
  return { account, gone: false };
}

const CURRENCIES: Record<string, string> = { US: 'usd', GB: 'gbp', JP: 'jpy', CA: 'cad', CH: 'chf' };

const requirements = (
  due: string[],
  disabled_reason: Stripe.Account.Requirements.DisabledReason | null,
): Stripe.Account.Requirements => ({
  alternatives: [],
  current_deadline: null,
  currently_due: due,
  disabled_reason,
  errors: [],
  eventually_due: due,
  past_due: due,
  pending_verification: [],
});

/** How far a merchant has come with Stripe's questions. */
export type Progress = 'complete' | 'checking' | 'unfinished';

/** Takes down how far a merchant has come, and tells the platform. */
export function setProgress(stand: Stand, record: ConnectedRecord, progress: Progress): ConnectedRecord {
  const ready = progress === 'complete';
  const submitted = progress !== 'unfinished';
  const { account } = record;
  const capability = ready ? 'active' : submitted ? 'pending' : 'inactive';
  return changeConnected(stand, record, {
    capabilities: Object.fromEntries(Object.keys(account.capabilities).map((name) => [name, capability])),
    charges_enabled: ready,
    payouts_enabled: ready,
    details_submitted: submitted,
    requirements: submitted
      ? requirements([], ready ? null : 'requirements.pending_verification')
      : requirements(DUE, 'requirements.past_due'),
  });
}

/** Changes an account, and tells the platform. */
export function changeConnected(
  stand: Stand,
  { account, gone }: ConnectedRecord,
  change: Partial<ConnectedAccount>,
): ConnectedRecord {
  const changed = { account: { ...account, ...change }, gone };
  stand.store.connected.set(account.id, changed);
  const previous = Object.fromEntries(
    Object.keys(change).map((key) => [key, account[key as keyof ConnectedAccount]]),
  );
  emit(stand, 'account.updated', changed.account, { previous, account: account.id });
  return changed;
}

/** A merchant takes the account away from the platform. */
export function deauthorize(stand: Stand, { account }: ConnectedRecord): void {
  stand.store.connected.set(account.id, { account, gone: true });
  const application = { id: 'ca_StandIn', object: 'application', name: 'Sandbox shop' };
  emit(stand, 'account.application.deauthorized', application, { account: account.id });
}

/** Whether payments can be taken in an account's name, and sent to it. */
export const takesPayments = ({ account, gone }: ConnectedRecord): boolean =>
  !gone && account.charges_enabled && account.capabilities.transfers === 'active';
