import { z } from 'zod';
import { integer, text } from './api-params.ts';
import { takesPayments } from './connected.ts';
import { LARGEST_AMOUNT, money } from './currencies.ts';
import { invalid, noSuch } from './refusals.ts';
import type { Stand } from './stand.ts';

/** How a payment is split between the platform and a connected account (Stripe documentation, "Destination charges"). */
export const splitShape = {
  application_fee_amount: integer(0, LARGEST_AMOUNT).optional(),
  on_behalf_of: text().optional(),
  transfer_data: z.strictObject({ destination: text() }).optional(),
};

export interface SplitParams {
  application_fee_amount?: number | undefined;
  on_behalf_of?: string | undefined;
  transfer_data?: { destination: string } | undefined;
}

/**
 * Refuses accounts that are not there or take no payments, and a fee that is more than the payment.
 *
 * @param name what a parameter is called in the request
 * @throws Refusal 400
 */
export function checkSplit(
  { store }: Pick<Stand, 'store'>,
  { application_fee_amount: fee, on_behalf_of, transfer_data }: SplitParams,
  payment: { amount: number; currency: string },
  name: (...path: string[]) => string,
): void {
  if (fee !== undefined && !transfer_data)
    throw invalid(
      'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment (using `transfer_data[destination]`).',
      { param: name('application_fee_amount') },
    );
  if (fee !== undefined && fee > payment.amount)
    throw invalid(
      `The application fee (${money(fee, payment.currency)}) cannot be more than the amount of the payment (${money(payment.amount, payment.currency)}).`,
      { param: name('application_fee_amount') },
    );
  const named: Array<[string | undefined, string, string]> = [
    [transfer_data?.destination, 'destination', name('transfer_data', 'destination')],
    [on_behalf_of, 'on_behalf_of', name('on_behalf_of')],
  ];
  for (const [id, kind, param] of named) {
    if (id === undefined) continue;
    const record = store.connected.get(id);
    if (!record || record.gone) throw noSuch(kind, id, param, 400);
    if (!takesPayments(record))
      throw invalid(
        kind === 'destination'
          ? 'Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments'
          : `The account ${id} cannot currently make charges.`,
        kind === 'destination' ? { code: 'insufficient_capabilities_for_transfer', param } : { param },
      );
  }
}

/** What a PaymentIntent and its charge say of the split. */
export const describeSplit = (
  { application_fee_amount, on_behalf_of, transfer_data }: SplitParams,
  transfer_group: string,
) => ({
  application_fee_amount: application_fee_amount ?? null,
  on_behalf_of: on_behalf_of ?? null,
  transfer_data: transfer_data ? { destination: transfer_data.destination } : null,
  ...(transfer_data ? { transfer_group } : {}),
});
