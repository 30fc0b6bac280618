import { expect, test } from '@jest/globals';
import { checkInvariants } from '../src/db/invariants.ts';
import { POST } from './harness/builders.ts';
import { eventually } from './harness/eventually.ts';
import { aService, peopleX, type Service } from './harness/service.ts';
import { stockPlenty } from './harness/stock.ts';

const SHOPPERS = 20;
const ROUNDS = 12;

/** Every shopper sets the quantity of the mug again and again: the last reply of each is what counts. */
async function replies(
  service: Service,
  rounds: number[],
  created_at?: string,
): Promise<Array<{ id: string; shopper: string; quantity: number }>> {
  const written = [];
  for (const round of rounds) {
    for (let n = 0; n < SHOPPERS; n++) {
      const quantity = ((round + n) % 6) + 1;
      const given = {
        author: `shopper_${n}`,
        text: `#AddToCart x${quantity}`,
        reply_to: POST.mug,
        ...(created_at ? { created_at } : {}),
      };
      const { id } = await service.control(service.x, '/posts', given);
      written.push({ id: id as string, shopper: String(6_000_000_000_000_000_000n + BigInt(n)), quantity });
    }
  }
  return written;
}

test('worker and listener killed in the middle: nothing is lost, nothing happens twice', async () => {
  const service = await aService();
  await service.run('migrate');
  await service.run('catalog', 'apply', service.env.CATALOG as string);
  await stockPlenty(service.db);
  await peopleX(service, [POST.mug]);
  for (let n = 0; n < SHOPPERS; n++) {
    const x_user_id = String(6_000_000_000_000_000_000n + BigInt(n));
    await service.control(service.x, '/users', { id: x_user_id, username: `shopper_${n}`, name: 'S' });
    await service.db
      .insertInto('shoppers')
      .values({ x_user_id, username: `shopper_${n}` })
      .execute();
  }
  for (const kind of ['web', 'stream', 'worker'] as const) service.start(kind);
  await service.isReady();

  const all = await replies(service, range(0, 3));
  const inTheMiddle = replies(service, range(3, 6));
  await service.stop('worker', 'SIGKILL');
  all.push(...(await inTheMiddle));
  service.start('worker');

  const moreInTheMiddle = replies(service, range(6, 9));
  await service.stop('stream', 'SIGKILL');
  all.push(...(await moreInTheMiddle));
  // While nobody listens X delivers nothing: recent search has to find these.
  all.push(...(await replies(service, range(9, ROUNDS), new Date(Date.now() - 20_000).toISOString())));
  service.start('stream');
  service.start('worker', 'second worker');
  await service.stop('worker', 'SIGKILL');

  const expected = new Map<string, number>();
  for (const { shopper, quantity } of all.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)))
    expected.set(shopper, quantity);
  await eventually(async () => {
    const outcomes = await service.db
      .selectFrom('outcomes')
      .select(['post_id', 'revision', 'outcome'])
      .execute();
    expect(outcomes.length).toBe(all.length);
  }, 90_000);
  const outcomes = await service.db.selectFrom('outcomes').select(['post_id', 'revision']).execute();
  expect(new Set(outcomes.map((row) => row.post_id))).toEqual(new Set(all.map((reply) => reply.id)));
  expect(outcomes.every((row) => row.revision === 0)).toBe(true);
  const lines = await service.db
    .selectFrom('cart_lines')
    .innerJoin('carts', 'carts.id', 'cart_lines.cart_id')
    .select(['shopper_id', 'sku', 'quantity'])
    .execute();
  expect(new Map(lines.map((line) => [line.shopper_id, line.quantity]))).toEqual(expected);
  expect(lines.every((line) => line.sku === 'MUG')).toBe(true);
  expect((await checkInvariants(service.db)).filter(({ breaches }) => breaches > 0)).toEqual([]);
}, 180_000);

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);
