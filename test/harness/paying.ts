import { recordPayment } from '../../workers/record-payment.ts';
import type { Held } from './carts.ts';
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
