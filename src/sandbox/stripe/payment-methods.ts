/** What people can pay with on the page, in the words of the control API. */
export const METHODS = [
  'ok',
  'declined',
  'insufficient_funds',
  'authentication_required',
  'bank_debit',
] as const;

export type Method = (typeof METHODS)[number];

/** What can be kept for later, in the same words: some cards show only then what they are like. */
export const SETUP_METHODS = [
  'ok',
  'declined',
  'authentication_required',
  'asks_once',
  'declines_later',
] as const;

/** How a card behaves when it is charged. */
export type CardMethod = Exclude<Method, 'bank_debit'> | (typeof SETUP_METHODS)[number];

/** Stripe's test cards (Stripe documentation, "Test card numbers"). */
export const CARDS: Record<CardMethod, { last4: string; words: string }> = {
  ok: { last4: '4242', words: 'the payment works' },
  declined: { last4: '0002', words: 'the bank declines it' },
  insufficient_funds: { last4: '9995', words: 'not enough money on the account' },
  authentication_required: { last4: '3184', words: 'the bank asks you to confirm (3-D Secure)' },
  asks_once: { last4: '3155', words: 'the bank asks you to confirm now, and not again' },
  declines_later: { last4: '0341', words: 'it can be kept, and every later payment is declined' },
};

/** Why a payment failed, as Stripe says it (Stripe documentation, "Error codes" and "Decline codes"). */
export const FAILURES = {
  declined: { code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' },
  insufficient_funds: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  declines_later: {
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
  },
  authentication_required: {
    code: 'authentication_required',
    decline_code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
  authentication_failed: {
    code: 'payment_intent_authentication_failure',
    decline_code: undefined,
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  },
  debit_failed: {
    code: 'payment_intent_payment_attempt_failed',
    decline_code: undefined,
    message: 'The payment could not be collected from the bank account.',
  },
} as const;

export type Failure = keyof typeof FAILURES;

/** Debits whose outcome the bank tells days later, by the currency that they are for. */
const DEBITS: Record<string, DebitType> = { eur: 'sepa_debit', gbp: 'bacs_debit', usd: 'us_bank_account' };

export type DebitType = 'sepa_debit' | 'bacs_debit' | 'us_bank_account';

/** The kinds of payment methods that a session takes. */
export function methodTypesFor(
  currency: string,
  filters: {
    allowed_payment_method_types?: string[] | undefined;
    excluded_payment_method_types?: string[] | undefined;
  },
): string[] {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded = [] } = filters;
  const debit = DEBITS[currency];
  return ['card', ...(debit ? [debit] : [])].filter(
    (type) => (allowed?.includes(type) ?? true) && !excluded.includes(type),
  );
}

/** The debit that a session takes, if any. @param types its `payment_method_types` */
export const debitOf = (types: string[]): DebitType | undefined =>
  Object.values(DEBITS).find((debit) => types.includes(debit));

/** What a session lets people choose from. @param types its `payment_method_types` */
export const methodsOf = (types: string[]): Method[] =>
  METHODS.filter((method) => (method === 'bank_debit' ? debitOf(types) : types.includes('card')));
