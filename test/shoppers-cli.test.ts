import { expect, test } from '@jest/globals';
import { aReply } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { useCatalog } from './harness/context.ts';
import { aShopper, deliver } from './harness/replies.ts';
import { aService } from './harness/service.ts';
import { aShop } from './harness/shop.ts';

const service = await aService();
const shop = await aShop({ DATABASE_URL: service.env.DATABASE_URL as string });
const { context } = shop;
await useCatalog(context);
const erase = (...args: string[]) => service.run('shoppers', 'erase', ...args);
const exists = async (x_user_id: string): Promise<boolean> => {
  const row = await context.db
    .selectFrom('shoppers')
    .select('x_user_id')
    .where('x_user_id', '=', x_user_id)
    .executeTakeFirst();
  return row !== undefined;
};

test('erasing asks first, and takes nobody whom it cannot tell from another', async () => {
  const [one, two] = [
    await aShopper(context, 'both@mail.example'),
    await aShopper(context, 'both@mail.example'),
  ];
  expect(await erase(one)).toMatchObject({ code: 1, stderr: expect.stringContaining('add --yes') });
  expect(await erase('both@mail.example', '--yes')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not only one shopper'),
  });
  expect(await erase('nobody@mail.example', '--yes')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nobody is known'),
  });
  expect([await exists(one), await exists(two)]).toEqual([true, true]);
  expect(await erase(one, '--yes')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^erased.* -\d+\n$/),
  });
  expect([await exists(one), await exists(two)]).toEqual([false, true]);
});

test('who never linked is handed over and erased by their X user id', async () => {
  const author = '6500000000000000001';
  await deliver(context, aReply({ author }));
  const { stdout } = await service.run('shoppers', 'export', author, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ x_user_id: author, held: { outcomes: [{ outcome: 'held' }] } });
  expect(await erase(author, '--yes')).toMatchObject({ code: 0 });
  expect(await erase(author, '--yes')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nobody is known'),
  });
});

test('both are recorded, the erased without a name', async () => {
  const { shopper_id } = await aCart(shop);
  await service.run('shoppers', 'export', shopper_id);
  const seen = async () =>
    context.db.selectFrom('audit').select(['action', 'subject']).orderBy('id', 'desc').limit(2).execute();
  expect((await seen())[0]).toEqual({ action: 'export', subject: `shopper ${shopper_id}` });
  const { erased } = JSON.parse((await erase(shopper_id, '--yes', '--json')).stdout);
  expect(await seen()).toEqual([
    { action: 'erase', subject: `shopper ${erased}` },
    { action: 'export', subject: `shopper ${erased}` },
  ]);
});
