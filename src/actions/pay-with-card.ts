import type { Context } from '../context.ts';
import { addressOf } from '../db/addresses.ts';
import { lockCart } from '../db/carts.ts';
import { cardsOf } from '../db/customers.ts';
import { inTransaction } from '../db/database.ts';
import { undoAll } from '../db/purchases.ts';
import { needsShipping } from '../domain/cart.ts';
import { type ChargeResult, chargeCard } from './charge-card.ts';
import { type NotNow, prepareCheckout } from './prepare-checkout.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'log' | 'now' | 'config'>;

/**
 * Pays a cart with a card that its shopper keeps: one press of a button, at the total that they have seen, to the address
 * that they have told. Pressing twice pays once.
 *
 * @param shownTotal what the page said, in minor units
 */
export async function payWithCard(
  context: Needs,
  { cart_id, shownTotal, card_id }: { cart_id: string; shownTotal: number; card_id: string },
): Promise<ChargeResult | NotNow> {
  const { db, log, config, now } = context;
  const prepared = await inTransaction(db, async (tx) => {
    const cart = await lockCart(tx, cart_id);
    if (!cart) return { kind: 'paid' } as const;
    const { shopper_id, merchant_id } = cart;
    const card = (await cardsOf(tx, shopper_id)).find(({ id }) => id === card_id);
    if (!card) return { kind: 'unavailable' } as const;
    const ship_to = needsShipping(cart.lines) ? await addressOf(tx, shopper_id) : null;
    const ready = await prepareCheckout(
      tx,
      cart,
      {
        shown: { total: shownTotal, country: null },
        signed_in: true,
        card: { id: card_id, payer: card.payer, ship_to },
      },
      { fee_bps: config.PLATFORM_FEE_BPS, now: now() },
    );
    if (ready.kind === 'ready') await undoAll(tx, [shopper_id], merchant_id);
    return ready;
  });
  if (prepared.kind !== 'ready') return prepared;
  const { checkout } = prepared;
  try {
    return await chargeCard(context, { checkout_id: checkout.id });
  } catch (error) {
    // Nobody knows yet. The page says so, and the sweep asks again.
    log.warn({ err: error, checkout: checkout.id }, 'what became of a payment is not known yet');
    return { kind: 'waiting' };
  }
}
