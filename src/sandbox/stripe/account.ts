import type Stripe from 'stripe';
import type { Stand } from './stand.ts';
import { ONLY } from './store.ts';

/** What the control API can change about the account. */
export interface AccountState {
  name: string;
  email: string;
  country: string;
  default_currency: string;
  charges_enabled: boolean;
  payouts_enabled: boolean;
  details_submitted: boolean;
}

const USUAL: AccountState = {
  name: 'Sandbox shop',
  email: 'merchant@example.com',
  country: 'US',
  default_currency: 'usd',
  charges_enabled: true,
  payouts_enabled: true,
  details_submitted: true,
};

export const accountState = ({ store }: Pick<Stand, 'store'>): AccountState =>
  store.account.get(ONLY) ?? USUAL;

export const isChargeable = (stand: Stand): boolean => accountState(stand).charges_enabled;

/** Changes what is given, and leaves the rest. */
export function changeAccount(stand: Stand, change: Partial<AccountState>): AccountState {
  const changed = { ...accountState(stand), ...change };
  stand.store.account.set(ONLY, changed);
  return changed;
}

/** The account as the API shows it. */
export function describeAccount(stand: Stand): Stripe.Account {
  const { name, ...state } = accountState(stand);
  const capability = state.charges_enabled ? 'active' : 'inactive';
  return {
    id: 'acct_1StandIn00000000',
    object: 'account',
    business_profile: {
      mcc: null,
      minority_owned_business_designation: null,
      name,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: state.email,
      support_phone: null,
      support_url: null,
      url: null,
    },
    business_type: 'company',
    capabilities: { card_payments: capability, transfers: capability },
    controller: { type: 'account' },
    created: 1_577_836_800,
    metadata: {},
    type: 'standard',
    ...state,
  };
}
