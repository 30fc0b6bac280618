import { expect, test } from '@jest/globals';
import { aSession, type Bench, errorOf, idOf, openBench, openSink, until } from './stripe-bench.ts';
import { openContract } from './stripe-contract.ts';

/** Pays 18.00 USD. @returns the PaymentIntent's id */
async function pay(bench: Bench): Promise<string> {
  const { id } = await bench.stripe.checkout.sessions.create(aSession());
  await bench.control(`/sessions/${id}/pay`, {});
  return idOf((await bench.stripe.checkout.sessions.retrieve(id)).payment_intent);
}

test('a dispute takes the money and the fee, and gives back the money when it is won', async () => {
  await using sink = await openSink();
  await using bench = await openBench({ sink });
  const payment_intent = await pay(bench);
  const { body: opened } = await bench.control('/disputes', { payment_intent });
  const dispute = await bench.stripe.disputes.retrieve(opened.id);
  expect(dispute).toMatchObject({ amount: 1_800, status: 'needs_response', is_charge_refundable: false });
  expect(dispute.balance_transactions.map(({ net }) => net)).toEqual([-3_300]);
  expect((await errorOf(bench.stripe.refunds.create({ payment_intent }))).code).toBe('charge_disputed');
  for (const status of ['under_review', 'lost', 'won'])
    await bench.control(`/disputes/${opened.id}`, { status });
  const won = await bench.stripe.disputes.retrieve(opened.id, { expand: ['charge'] });
  expect(won.balance_transactions.map(({ net }) => net)).toEqual([-3_300, 1_800]);
  expect(won.charge).toMatchObject({ disputed: true });
  expect((await bench.stripe.disputes.list({ payment_intent })).data.map(({ id }) => id)).toEqual([won.id]);
  expect((await bench.stripe.refunds.create({ payment_intent })).status).toBe('succeeded');
  await until(() => sink.types().filter((type) => type === 'charge.dispute.closed').length === 2);
  expect(sink.types()).toEqual(
    expect.arrayContaining([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
    ]),
  );
  const contract = openContract();
  if (contract) expect(contract.objectFaults('dispute', JSON.parse(JSON.stringify(won)))).toEqual([]);
});

test('what a dispute moves is in the currency of the balance, whatever was charged', async () => {
  await using bench = await openBench();
  await bench.control('/account', { default_currency: 'jpy' });
  const { body: dispute } = await bench.control('/disputes', { payment_intent: await pay(bench) });
  expect(dispute).toMatchObject({ amount: 1_800, currency: 'usd' });
  expect(dispute.balance_transactions).toMatchObject([
    { amount: -23, currency: 'jpy', exchange_rate: 1.25, fee: 1_500, net: -1_523 },
  ]);
});

test('an inquiry moves no money until it becomes a dispute', async () => {
  await using bench = await openBench();
  const payment_intent = await pay(bench);
  const { body: inquiry } = await bench.control('/disputes', {
    payment_intent,
    status: 'warning_needs_response',
  });
  expect(inquiry).toMatchObject({ balance_transactions: [], is_charge_refundable: true });
  await bench.stripe.refunds.create({ payment_intent, amount: 100 });
  const { body: escalated } = await bench.control(`/disputes/${inquiry.id}`, { status: 'needs_response' });
  expect(escalated.balance_transactions).toHaveLength(1);
});

test('disputes and warnings are refused where they cannot be', async () => {
  await using bench = await openBench();
  const payment_intent = await pay(bench);
  expect((await bench.control('/disputes', { payment_intent: 'pi_none' })).status).toBe(409);
  const { body: dispute } = await bench.control('/disputes', { payment_intent, status: 'won' });
  expect((await bench.control(`/disputes/${dispute.id}`, { status: 'lost' })).status).toBe(409);
  expect((await bench.control('/disputes/dp_none', { status: 'lost' })).status).toBe(404);
  expect((await errorOf(bench.stripe.disputes.retrieve('dp_none'))).statusCode).toBe(404);
});

test('a fraud warning is told, and ends', async () => {
  await using bench = await openBench();
  const payment_intent = await pay(bench);
  const { body: warning } = await bench.control('/fraud-warnings', { payment_intent });
  const { earlyFraudWarnings } = bench.stripe.radar;
  expect(await earlyFraudWarnings.retrieve(warning.id)).toMatchObject({ actionable: true, payment_intent });
  await bench.control(`/fraud-warnings/${warning.id}/end`, {});
  expect((await earlyFraudWarnings.list({ payment_intent })).data).toMatchObject([{ actionable: false }]);
  expect((await bench.control('/fraud-warnings/none/end', {})).status).toBe(404);
});
