import { expect, test } from '@jest/globals';
import { webApp } from '../src/web/server.ts';
import { aReply, POST, SHOP } from './harness/builders.ts';
import { deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

test('the timeline loads itself again for who waits for an outcome, and leaves everybody else alone', async () => {
  const shop = await aShop();
  const { context, control, x } = shop;
  const app = webApp(context, { x, stripe: shop.stripe, mail: 'http://127.0.0.1:1' });
  const [ann, ben] = ['6400000000000000001', '6400000000000000002'];
  await control(x, '/users', { id: SHOP, username: 'shop', name: 'Acme' });
  await control(x, '/users', { id: ann, username: 'ann', name: 'Ann' });
  await control(x, '/users', { id: ben, username: 'ben', name: 'Ben' });
  await control(x, '/posts', { id: POST.mug, author: 'shop', text: 'Reply #AddToCart' });
  const { id } = await control<{ id: string }>(x, '/posts', {
    author: 'ann',
    text: '#AddToCart',
    reply_to: POST.mug,
  });
  const loadsAgain = async (account?: string): Promise<boolean> => {
    const headers: Record<string, string> = account ? { cookie: `x_account=${account}` } : {};
    const page = await app.request(`${context.config.PUBLIC_URL}/sandbox`, { headers });
    expect(page.status).toBe(200);
    return page.headers.has('refresh');
  };
  expect([await loadsAgain(ann), await loadsAgain(ben), await loadsAgain()]).toEqual([true, false, false]);
  await deliver(context, aReply({ id, author: ann }));
  expect(await loadsAgain(ann)).toBe(false);
});
