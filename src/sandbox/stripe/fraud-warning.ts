import type Stripe from 'stripe';
import { emit } from './events.ts';
import { newId } from './ids.ts';
import { type Stand, unixTime } from './stand.ts';

type Warning = Stripe.Radar.EarlyFraudWarning;

/** A card's network takes a charge for fraud (Stripe documentation, "Early fraud warnings"). */
export function warnOfFraud(stand: Stand, charge: Stripe.Charge, fraud_type: string): Warning {
  const warning: Warning = {
    id: newId('issfr_1'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: charge.id,
    created: unixTime(stand.clock),
    fraud_type,
    livemode: false,
    payment_intent: String(charge.payment_intent),
  };
  stand.store.warnings.set(warning.id, warning);
  emit(stand, 'radar.early_fraud_warning.created', warning);
  return warning;
}

/** Nothing can be done about it any more: the charge was given back in full, or disputed. */
export function endWarning(stand: Stand, warning: Warning): Warning {
  const ended = { ...warning, actionable: false };
  stand.store.warnings.set(ended.id, ended);
  emit(stand, 'radar.early_fraud_warning.updated', ended, { previous: { actionable: warning.actionable } });
  return ended;
}
