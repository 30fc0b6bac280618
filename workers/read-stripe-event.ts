import { recordIntent } from '../src/actions/charge-card.ts';
import { checkPayee } from '../src/actions/check-payee.ts';
import { keepCustomer, whoseCard } from '../src/actions/keep-customer.ts';
import { recordDispute, recordFraudWarning } from '../src/actions/record-dispute.ts';
import type { Context } from '../src/context.ts';
import { payeeOfAccount } from '../src/db/payees.ts';
import { refundOfStripe } from '../src/db/refunds.ts';
import { findEvent, noteEventError, noteProcessed } from '../src/db/stripe-events.ts';
import { messageOf } from '../src/errors.ts';
import type { JobData } from '../src/queue.ts';
import { giveRefund } from './give-refund.ts';
import { recordPayment } from './record-payment.ts';

/** Does what an event of Stripe's is the reason for. Doing it twice changes nothing. */
export async function readStripeEvent(
  context: Pick<Context, 'db' | 'stripe' | 'queues' | 'log' | 'now' | 'config'>,
  { event_id }: JobData<'read-stripe-event'>,
): Promise<void> {
  const event = await findEvent(context.db, event_id);
  if (!event || event.processed_at) return;
  try {
    if (event.account !== null) {
      const payee = await payeeOfAccount(context.db, event.account);
      if (payee) await checkPayee(context, payee.merchant_id);
    } else if (event.type.startsWith('payment_intent.'))
      await recordIntent(context, { id: event.object_id, checkout_id: event.checkout_id });
    else if (/^(payment_method|customer)\./.test(event.type)) {
      const customer_id = await whoseCard(context, event.object_id);
      if (customer_id) await keepCustomer(context, { customer_id });
    } else if (event.type.startsWith('checkout.session.'))
      await recordPayment(context, { session_id: event.object_id });
    else if (event.type.startsWith('refund.')) {
      const refund_id = await refundOfStripe(context.db, event.object_id);
      if (refund_id) await giveRefund(context, { refund_id });
    } else if (event.type.startsWith('charge.dispute.')) await recordDispute(context, event.object_id);
    else if (event.type.startsWith('radar.early_fraud_warning.'))
      await recordFraudWarning(context, event.object_id);
  } catch (error) {
    await noteEventError(context.db, event_id, messageOf(error));
    throw error;
  }
  await noteProcessed(context.db, event_id);
}
