import { expect, test } from '@jest/globals';
import { forgetOld } from '../src/db/retention.ts';
import { storeEvent } from '../src/db/stripe-events.ts';
import { readStripeEvent } from '../workers/read-stripe-event.ts';
import { aCart } from './harness/carts.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context } = shop;
const { db, config } = context;

const DAY_MS = 86_400_000;

/** Stripe tells something about an object, and it is read. */
async function told(id: string, type: string, object_id: string): Promise<void> {
  await storeEvent(db, { id, type, object_id, livemode: false, account: null }, '{"name":"Pat Payer"}');
  await readStripeEvent(context, { event_id: id });
}

const kept = (id: string) =>
  db
    .selectFrom('stripe_events')
    .select(['payload', 'processed_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

test('what Stripe sent is kept for KEEP_TEXT_DAYS where it is about a cart of ours, else not at all', async () => {
  const { path } = await aCart(shop);
  const page = await shop.visitor().open(`${config.PUBLIC_URL}${path}`);
  const session = /cs_test_\w+/.exec((await page.submit('/checkout')).url)?.[0] as string;
  await told('evt_ours', 'checkout.session.completed', session);
  await told('evt_theirs', 'charge.succeeded', 'ch_unknown');
  expect((await kept('evt_ours')).payload).toEqual({ name: 'Pat Payer' });
  expect(await kept('evt_theirs')).toMatchObject({ payload: null, processed_at: expect.any(Date) });

  const receivedDaysAgo = (days: number) =>
    db
      .updateTable('stripe_events')
      .set({ received_at: new Date(Date.now() - days * DAY_MS) })
      .where('id', '=', 'evt_ours')
      .execute();
  await receivedDaysAgo(config.KEEP_TEXT_DAYS - 1);
  await forgetOld(db, config);
  expect((await kept('evt_ours')).payload).not.toBeNull();
  await receivedDaysAgo(config.KEEP_TEXT_DAYS + 1);
  await forgetOld(db, config);
  expect((await kept('evt_ours')).payload).toBeNull();
});
