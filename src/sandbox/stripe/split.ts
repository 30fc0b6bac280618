import type Stripe from 'stripe';
import { type Cause, emit } from './events.ts';
import { newId } from './ids.ts';
import { invalid } from './refusals.ts';
import { type Stand, unixTime } from './stand.ts';

const idOf = (reference: string | { id: string } | null | undefined): string =>
  typeof reference === 'string' ? reference : (reference?.id ?? '');

/**
 * Sends what a charge has brought to the connected account that it is for, and takes the platform's part of it back:
 * the whole amount is transferred, and the application fee comes out of that (Stripe documentation, "Destination
 * charges", flow of funds).
 *
 * @returns the charge, with what became of its money
 */
export function splitCharge(stand: Stand, charge: Stripe.Charge): Stripe.Charge {
  if (!charge.transfer_data) return charge;
  const destination = idOf(charge.transfer_data.destination);
  const created = unixTime(stand.clock);
  const { amount, currency } = charge;
  const id = newId('tr_3');
  const transfer: Stripe.Transfer = {
    id,
    object: 'transfer',
    amount,
    amount_reversed: 0,
    balance_transaction: null,
    created,
    currency,
    description: null,
    destination,
    destination_payment: newId('py_1'),
    livemode: false,
    metadata: {},
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: charge.id,
    source_type: 'card',
    transfer_group: charge.transfer_group,
  };
  stand.store.transfers.set(id, transfer);
  emit(stand, 'transfer.created', transfer);
  const fee = charge.application_fee_amount ? makeFee(stand, charge, transfer) : undefined;
  return { ...charge, transfer: id, application_fee: fee?.id ?? null };
}

function makeFee(stand: Stand, charge: Stripe.Charge, transfer: Stripe.Transfer): Stripe.ApplicationFee {
  const id = newId('fee_1');
  const fee: Stripe.ApplicationFee = {
    id,
    object: 'application_fee',
    account: idOf(transfer.destination),
    amount: charge.application_fee_amount ?? 0,
    amount_refunded: 0,
    application: 'ca_StandIn',
    balance_transaction: null,
    charge: idOf(transfer.destination_payment),
    created: transfer.created,
    currency: charge.currency,
    fee_source: { type: 'charge', charge: idOf(transfer.destination_payment) },
    livemode: false,
    originating_transaction: charge.id,
    refunded: false,
    refunds: { object: 'list', data: [], has_more: false, url: `/v1/application_fees/${id}/refunds` },
  };
  stand.store.fees.set(id, fee);
  emit(stand, 'application_fee.created', fee);
  return fee;
}

export interface TakeBack {
  reverse_transfer?: boolean | undefined;
  refund_application_fee?: boolean | undefined;
}

/** Refuses to take back what never went out. @throws Refusal 400 */
export function checkTakeBack(
  charge: Stripe.Charge,
  { reverse_transfer, refund_application_fee }: TakeBack,
): void {
  if (reverse_transfer && !charge.transfer)
    throw invalid(
      `Cannot reverse transfer on charge ${charge.id} because it does not have an associated transfer.`,
      { param: 'reverse_transfer' },
    );
  if (refund_application_fee && !charge.application_fee)
    throw invalid(
      `Attempting to refund_application_fee on charge ${charge.id}, but it has no application fee.`,
      { param: 'refund_application_fee' },
    );
}

/**
 * Takes a refund's share back from the connected account, and gives it its share of the platform's part: both in
 * proportion to the charge (Stripe API reference, "Create a refund").
 *
 * @param charge as it was before the refund
 * @returns the id of the transfer's reversal
 */
export function takeBackSplit(
  stand: Stand,
  charge: Stripe.Charge,
  refund: { id: string; amount: number },
  { reverse_transfer, refund_application_fee }: TakeBack,
  cause: Cause,
): string | null {
  const refunded = charge.amount_refunded + refund.amount;
  const share = (whole: number, before: number): number =>
    Math.floor((whole * refunded) / charge.amount) - before;
  const transfer = stand.store.transfers.get(idOf(charge.transfer));
  const fee = stand.store.fees.get(idOf(charge.application_fee));
  const created = unixTime(stand.clock);
  if (refund_application_fee && fee)
    giveFeeBack(stand, fee, share(fee.amount, fee.amount_refunded), created, cause);
  if (!reverse_transfer || !transfer) return null;
  const amount = Math.min(refund.amount, transfer.amount - transfer.amount_reversed);
  const reversal: Stripe.TransferReversal = {
    id: newId('trr_1'),
    object: 'transfer_reversal',
    amount,
    balance_transaction: null,
    created,
    currency: transfer.currency,
    destination_payment_refund: newId('pyr_1'),
    metadata: {},
    source_refund: refund.id,
    transfer: transfer.id,
  };
  const amount_reversed = transfer.amount_reversed + amount;
  const reversed: Stripe.Transfer = {
    ...transfer,
    amount_reversed,
    reversed: amount_reversed === transfer.amount,
    reversals: { ...transfer.reversals, data: [reversal, ...transfer.reversals.data] },
  };
  stand.store.transfers.set(transfer.id, reversed);
  emit(stand, 'transfer.reversed', reversed, { cause });
  return reversal.id;
}

function giveFeeBack(
  stand: Stand,
  fee: Stripe.ApplicationFee,
  amount: number,
  created: number,
  cause: Cause,
): void {
  if (amount === 0) return;
  const refund: Stripe.FeeRefund = {
    id: newId('fr_1'),
    object: 'fee_refund',
    amount,
    balance_transaction: null,
    created,
    currency: fee.currency,
    fee: fee.id,
    metadata: {},
  };
  const amount_refunded = fee.amount_refunded + amount;
  const changed: Stripe.ApplicationFee = {
    ...fee,
    amount_refunded,
    refunded: amount_refunded === fee.amount,
    refunds: { ...fee.refunds, data: [refund, ...fee.refunds.data] },
  };
  stand.store.fees.set(fee.id, changed);
  emit(stand, 'application_fee.refunded', changed, { cause });
}
