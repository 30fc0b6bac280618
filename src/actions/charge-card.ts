import type { Context } from '../context.ts';
import { type Charge, chargeOfIntent, findCharge, noteIntent } from '../db/charges.ts';
import { liveCheckouts, noteExpired } from '../db/checkouts.ts';
import { inTransaction } from '../db/database.ts';
import { addPurchaseMail, movePurchase } from '../db/purchases.ts';
import { isErased } from '../domain/erased.ts';
import { queueMails } from '../queue.ts';
import { type CardPayment, payWithKeptCard, readIntent } from '../stripe/card-payment.ts';
import { closeReplaced } from './close-checkouts.ts';
import { type Paid, recordPaid } from './record-paid.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'log' | 'now'>;

export type ChargeResult =
  /** It is an order, or its money goes back. */
  | { kind: 'paid' }
  /** Stripe will tell. */
  | { kind: 'waiting' }
  /** Nothing was taken. `code` as in `CardPaymentResult`. */
  | { kind: 'unpaid'; code: string | null };

/**
 * Charges the kept card of a checkout and does what follows, or finds out what became of an earlier try: the same
 * checkout is charged once, however often this runs and wherever it was interrupted.
 *
 * @throws where Stripe has not answered: the sweep asks again
 */
export async function chargeCard(
  context: Needs,
  { checkout_id }: { checkout_id: string },
): Promise<ChargeResult> {
  const { db, stripe, log, now } = context;
  const charge = await findCharge(db, checkout_id);
  if (!charge) return { kind: 'unpaid', code: null };
  const { checkout, email } = charge;
  if (checkout.status === 'paid') return { kind: 'paid' };
  if (checkout.status !== 'creating') return { kind: 'unpaid', code: null };
  const others = (await liveCheckouts(db, checkout.cart_id)).filter(({ card_id }) => card_id === null);
  // Somebody has paid the cart on Stripe's page in this moment: that counts, and the card was not asked yet.
  if (!(await closeReplaced(context, others))) {
    await end(context, charge, 'undone', null);
    return { kind: 'paid' };
  }
  const result = await payWithKeptCard(stripe, paymentOf(charge), now());
  if (result.kind !== 'unpaid' || result.id) await noteIntent(db, checkout_id, result.id as string);
  if (result.kind === 'waiting') return result;
  if (result.kind === 'unpaid') {
    log.info({ checkout: checkout_id, code: result.code }, 'a kept card was not charged');
    await end(context, charge, result.code === null ? 'lapsed' : 'declined', result.code);
    return result;
  }
  const { id: payment_id, amount, currency } = result;
  await recordPaid(context, checkout, { payment_id, amount, currency, email, ...sentTo(checkout) });
  return { kind: 'paid' };
}

/**
 * Does what follows from a payment with a kept card, of which Stripe tells: also when everything about it but the
 * payment itself was lost.
 *
 * @param intent with the attempt that it names: only which one to look at is taken from there
 */
export async function recordIntent(
  context: Needs,
  intent: { id: string; checkout_id: string | null },
): Promise<void> {
  const { db, stripe } = context;
  const checkout_id = await chargeOfIntent(db, intent);
  const charge = checkout_id === undefined ? undefined : await findCharge(db, checkout_id);
  if (!charge) return; // a session's, which tells of it itself
  const { checkout, email } = charge;
  const { id: payment_id, paid, amount, currency } = await readIntent(stripe, intent.id);
  if (paid) await recordPaid(context, checkout, { payment_id, amount, currency, email, ...sentTo(checkout) });
  else await chargeCard(context, { checkout_id: checkout.id });
}

/** A kept card pays no tax that Stripe would have to find. */
const sentTo = ({ ship_to }: Charge['checkout']): Pick<Paid, 'tax' | 'ship_to' | 'country'> => ({
  tax: 0,
  ship_to,
  country: ship_to?.address.country ?? null,
});

const paymentOf = ({ checkout, purchase }: Charge): CardPayment => ({
  checkout_id: checkout.id,
  cart_id: checkout.cart_id,
  key: purchase ? `buynow-${purchase.post_id}` : `card-${checkout.id}`,
  amount: checkout.total,
  currency: checkout.currency,
  customer: checkout.payer as string,
  card_id: checkout.card_id as string,
  ship_to: checkout.ship_to,
  offSession: purchase !== undefined,
  split: checkout,
  created_at: checkout.created_at,
});

/** Nothing was taken: what is in the cart stays there, and who bought it by a reply hears of it. */
async function end(
  context: Needs,
  { checkout, purchase }: Charge,
  to: 'undone' | 'lapsed' | 'declined',
  code: string | null,
): Promise<void> {
  const mail_id = await inTransaction(context.db, async (tx) => {
    await noteExpired(tx, checkout.id);
    if (!purchase) return undefined;
    const moved = await movePurchase(tx, purchase.post_id, ['charging'], to, { declined: code });
    const tells = moved && to !== 'undone' && !isErased(purchase.shopper_id);
    return tells ? addPurchaseMail(tx, purchase, 'unbought') : undefined;
  });
  if (mail_id) await queueMails(context, [mail_id]);
}
