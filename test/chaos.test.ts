import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Report, run } from './chaos/run.ts';

let report: Report;

// The large run is a command of its own: npm run chaos -- --shoppers 5000.
test('60 random shoppers, a killed worker, lost answers and webhooks: the books are right in the end', async () => {
  const options = { shoppers: 60, seed: 7, kills: 1, together: 30, hurry: true, talk: false };
  report = await run(options);
  const { tally, proofs } = report;
  expect(proofs.filter(({ against }) => against.length > 0)).toEqual([]);
  expect(tally.get('kills of worker')).toBe(1);
  expect(tally.get('payments')).toBeGreaterThan(20);
}, 180_000);

/** What each proof about cards, disputes and promises is worth: the books are made wrong, and it says so. */
test.each<[proof: string, wrong: (report: Report) => Promise<unknown>]>([
  [
    'what a page said to be undone was not charged',
    async ({ world: { service, told } }) => {
      const { post_id } = await service.db
        .selectFrom('purchases')
        .select('post_id')
        .where('status', '=', 'bought')
        .executeTakeFirstOrThrow();
      told.undone.add(post_id);
    },
  ],
  [
    'what a page said to be cancelled was given back, and can be sold again',
    async ({ world: { service, told } }) => {
      const { id } = await service.db
        .selectFrom('orders')
        .select('id')
        .where('status', '=', 'paid')
        .executeTakeFirstOrThrow();
      told.cancelled.add(id);
    },
  ],
  [
    'what a page said to be swapped is what was ordered',
    ({ world: { service, told } }) =>
      service.db
        .updateTable('order_lines')
        .set({ sku: 'another' })
        .where('sku', 'in', [...told.swapped.values()])
        .where('order_id', 'in', [...told.swapped.keys()])
        .execute(),
  ],
  [
    'what disputes have moved at Stripe is in the ledger',
    ({ world: { service } }) =>
      sql`alter table ledger_entries disable trigger user`
        .execute(service.db)
        .then(() => sql`delete from ledger_entries where kind = 'dispute'`.execute(service.db)),
  ],
  [
    'every warning of fraud is known',
    ({ world: { service } }) => service.db.deleteFrom('fraud_warnings').execute(),
  ],
  [
    'no code was used twice, or after its shopper had cancelled the order',
    async ({ world: { told } }) => told.used.set('1', 2),
  ],
  [
    'no kept card was charged more often than its owner asked for it',
    async ({ world }) => world.mayCharge.clear(),
  ],
  [
    'nothing was charged twice by one page, reply or press, given back or not',
    async ({ world: { service, context } }) => {
      const { id, payer, card_id } = await service.db
        .selectFrom('checkouts')
        .selectAll()
        .where('card_id', 'is not', null)
        .where('status', '=', 'paid')
        .executeTakeFirstOrThrow();
      await context.stripe.paymentIntents.create({
        ...{ amount: 900, currency: 'usd', customer: payer as string, payment_method: card_id as string },
        ...{ confirm: true, off_session: true, metadata: { checkout_id: id } },
      });
    },
  ],
])('a run that went wrong is found out: %s', async (name, wrong) => {
  const against = async () => (await report.proveAgain()).find((proof) => proof.name === name)?.against;
  expect(await against()).toEqual([]);
  await wrong(report);
  expect(await against()).not.toEqual([]);
});
