import { expect, test } from '@jest/globals';
import { aReply, POST } from './harness/builders.ts';
import { replycart } from './harness/cli.ts';
import { aContext, useCatalog } from './harness/context.ts';
import { aShopper, deliver, outcomeOf } from './harness/replies.ts';

const context = await aContext();
await useCatalog(context);

/** What `replycart replies show` prints. */
async function show(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await replycart(context.config, 'replies', 'show', ...args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

test('show says how a reply was read, by which rule, and at which price', async () => {
  const author = await aShopper(context);
  const reply = aReply({ author, to: POST.tee, text: '@shop #AddToCart 2 rojas, talla M' });
  await deliver(context, reply);
  await context.db.updateTable('products').set({ price: 2600 }).where('sku', '=', 'TEE').execute();
  const text = await show(reply.data.id);
  for (const line of [
    'read as   #addtocart 2 rojas, talla m',
    'hashtag   #AddToCart: add',
    'product   shop TEE, Logo T-shirt; found by parent',
    'words     "2" quantity 2; "rojas" value RED; "m" value M',
    'rule      it is understood: the cart, the limit and the stock decide',
    'price     TEE-RED-M: 24.00 USD then, 26.00 now: the price of the day, which the merchant has changed',
  ])
    expect(text.split('\n')).toContain(line);
  expect(JSON.parse(await show(reply.data.id, '--json'))).toMatchObject({
    explanation: { tag: 'AddToCart', product: { sku: 'TEE' }, found_by: 'parent' },
    prices: [{ sku: 'TEE-RED-M', currency: 'USD', at_reply: 2400, now: 2600 }],
  });
});

test('show finds the product of a reply deep in a thread, as the worker did', async () => {
  const comment = aReply({ to: POST.mug, text: 'Lovely!' });
  const reply = aReply({ author: await aShopper(context), to: comment.data.id, text: '#AddToCart 2' });
  await deliver(context, comment, reply);
  expect(await outcomeOf(context, reply)).toBe('added');
  expect((await show(reply.data.id)).split('\n')).toContain(
    'product   shop MUG, Stoneware mug; found by ancestor',
  );
});

test('show says as much as is known of what is no post, and of a text that is not kept any more', async () => {
  const broken = { data: { id: aReply().data.id, text: null } };
  await deliver(context, broken as never);
  expect(await show(broken.data.id)).toContain('failed');
  const reply = aReply({ author: await aShopper(context) });
  await deliver(context, reply);
  await context.db.deleteFrom('replies').where('post_id', '=', reply.data.id).execute();
  expect(await show(reply.data.id)).toContain('the text is not kept any more');
  expect(await show(reply.data.id)).toContain('price     MUG: 18.00 USD then, 18.00 now');
});
