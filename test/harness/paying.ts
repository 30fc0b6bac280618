import { recordPayment } from '../../workers/record-payment.ts';
import { aCart, type Held } from './carts.ts';
import type { Shop } from './shop.ts';

/** Pays a cart, on Stripe's page, and notes it. */
export async function pays(shop: Shop, { path }: Pick<Held, 'path'>): Promise<void> {
  const page = await shop.visitor().open(`${shop.context.config.PUBLIC_URL}${path}`);
  await page.submit('/checkout');
  const session_id = /cs_test_\w+/.exec(page.url)?.[0];
  if (!session_id) throw new Error(`no payment page, but ${page.url}: ${page.text}`);
  await shop.control(shop.stripe, `/sessions/${session_id}/pay`, {});
  await recordPayment(shop.context, { session_id });
}

/** A paid order. */
export interface Paid extends Held {
  id: string;
  payment_id: string;
}

/** A shopper who has replied and paid. */
export async function aPaidOrder(
  shop: Shop,
  replies?: Parameters<typeof aCart>[1],
  email?: string,
): Promise<Paid> {
  const held = await aCart(shop, replies, email);
  await pays(shop, held);
  const { id, payment_id } = await shop.context.db
    .selectFrom('orders')
    .select(['id', 'payment_id'])
    .where('cart_id', '=', held.cart_id)
    .executeTakeFirstOrThrow();
  return { ...held, id, payment_id };
}
