import type { Selectable } from 'kysely';
import type { Cart } from '../domain/cart.ts';
import type { Db } from './database.ts';
import { type Download, downloadsOf } from './downloads.ts';
import type { Order, OrderLine } from './schema.ts';
import { type Voucher, vouchersOf } from './vouchers.ts';

/** How a cart's payment stands, as its page shows it. */
export type CheckoutSight =
  | { kind: 'open' }
  | { kind: 'waiting'; session_id: string }
  /** A kept card is being charged. */
  | { kind: 'charging'; checkout_id: string }
  /** The shopper's bank needs days. */
  | { kind: 'processing' }
  | { kind: 'refunded'; amount: number; currency: string }
  | {
      kind: 'ordered';
      order: Selectable<Order>;
      lines: Array<Pick<Selectable<OrderLine>, 'sku' | 'title' | 'quantity' | 'kind' | 'price'>>;
      downloads: Download[];
      vouchers: Voucher[];
    };

/**
 * @param session_id where the shopper comes from Stripe's page: the session that they may have paid
 */
export async function sightOfCheckout(
  db: Db,
  cart: Cart,
  session_id: string | undefined,
): Promise<CheckoutSight> {
  const checkout = session_id
    ? await db
        .selectFrom('checkouts')
        .selectAll()
        .where('session_id', '=', session_id)
        .where('cart_id', '=', cart.id)
        .executeTakeFirst()
    : undefined;
  const payment = checkout
    ? await db.selectFrom('payments').selectAll().where('checkout_id', '=', checkout.id).executeTakeFirst()
    : undefined;
  if (payment && payment.status !== 'ordered') {
    const { amount, currency } = payment;
    return { kind: 'refunded', amount, currency };
  }
  if (checkout && !payment && (checkout.status === 'open' || checkout.status === 'creating')) {
    return { kind: 'waiting', session_id: checkout.session_id as string };
  }
  const charging = await db
    .selectFrom('checkouts')
    .select('id')
    .where('cart_id', '=', cart.id)
    .where('status', '=', 'creating')
    .where('card_id', 'is not', null)
    .executeTakeFirst();
  if (charging) return { kind: 'charging', checkout_id: charging.id };
  if (checkout && !payment && checkout.status === 'processing') return { kind: 'processing' };
  const order = await db.selectFrom('orders').selectAll().where('cart_id', '=', cart.id).executeTakeFirst();
  if (!order) return { kind: 'open' };
  const lines = await db
    .selectFrom('order_lines')
    .select(['sku', 'title', 'quantity', 'kind', 'price'])
    .where('order_id', '=', order.id)
    .orderBy('sku')
    .execute();
  const [downloads, vouchers] = [await downloadsOf(db, order.id), await vouchersOf(db, order.id)];
  return { kind: 'ordered', order, lines, downloads, vouchers };
}
