import { expect, test } from '@jest/globals';
import { run } from './chaos/run.ts';

// The large run is a command of its own: npm run chaos -- --shoppers 5000.
test('60 random shoppers, a killed worker, lost answers and webhooks: the books are right in the end', async () => {
  const options = { shoppers: 60, seed: 7, kills: 1, together: 20, hurry: true, talk: false };
  const { tally, proofs } = await run(options);
  expect(proofs.filter(({ against }) => against.length > 0)).toEqual([]);
  expect(tally.get('kills of worker')).toBe(1);
  expect(tally.get('payments')).toBeGreaterThan(20);
}, 180_000);
