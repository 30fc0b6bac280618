import { expect, test } from '@jest/globals';
import { checkInvariants } from '../src/db/invariants.ts';
import { skipped } from './global-setup.ts';
import { POST } from './harness/builders.ts';
import { eventually } from './harness/eventually.ts';
import { aPostgres15, hasPostgres15 } from './harness/postgres15.ts';
import { aService, peopleX } from './harness/service.ts';
import { Visitor } from './harness/visitor.ts';

const { TEST_REDIS_URL } = process.env;
const places: Array<[string, () => Promise<Record<string, string>>]> = [
  ['queues in PostgreSQL', async () => ({})],
];
if (TEST_REDIS_URL) places.push(['queues in Redis', async () => ({ REDIS_URL: `${TEST_REDIS_URL}/5` })]);
if (hasPostgres15)
  places.push(['on PostgreSQL 15', async () => ({ DATABASE_URL: (await aPostgres15()).url })]);
else skipped('PostgreSQL 15', 'the journey does not run on it');

test.each(places)(
  'a reply becomes a paid order, through the real processes, %s',
  async (_name, env) => {
    const service = await aService(await env());
    expect(await service.run('migrate')).toMatchObject({ code: 0 });
    expect(await service.run('catalog', 'apply', service.env.CATALOG as string)).toMatchObject({ code: 0 });
    await peopleX(service, [POST.mug, POST.sticker]);
    for (const kind of ['web', 'stream', 'worker'] as const) service.start(kind);
    await service.isReady();

    // Somebody who has never linked replies.
    const reply = await service.control(service.x, '/posts', {
      author: 'sam_shops',
      text: '#AddToCart x2',
      reply_to: POST.mug,
    });
    const outcomes = () =>
      service.db
        .selectFrom('outcomes')
        .select(['outcome', 'revision'])
        .where('post_id', '=', reply.id as string)
        .orderBy('revision')
        .execute();
    await eventually(async () => expect(await outcomes()).toEqual([{ outcome: 'held', revision: 0 }]));

    // They link, and stand before their cart.
    const sam = await new Visitor().open(`${service.url}/link`);
    expect(sam.text).toContain('What we keep, and why');
    await sam.submit('/link');
    expect(sam.url).toContain(service.x);
    await sam.submit('authorize', { account: '2222222222222222222', decision: 'authorize' });
    expect(sam.text).toContain('Your cart at Acme Stoneware');
    expect(sam.text).toContain('Total $40.90'); // 2 × 18.00, 4.90 shipping
    expect(await outcomes()).toEqual([
      { outcome: 'held', revision: 0 },
      { outcome: 'added', revision: 1 },
    ]);

    // A mail tells the same, and its link opens the same cart.
    const [mail] = await eventually(async () => {
      const mails = await service.mails('sam@mail.example');
      expect(mails).toHaveLength(1);
      return mails;
    });
    expect(mail).toMatchObject({
      subject: '[TEST] In your cart: Stoneware mug (Acme Stoneware)',
      reply_to: 'help@shop.example',
    });
    expect(mail?.from).toBe('Acme Stoneware via Replycart <carts@replycart.example>');
    const link = /http\S+\/c\/\S+/.exec(mail?.text ?? '')?.[0] as string;
    expect(mail?.html).toContain(link);

    // Another reply changes the cart, and another mail says so.
    await service.control(service.x, '/posts', {
      author: 'sam_shops',
      text: '#AddToCart',
      reply_to: POST.sticker,
    });
    await eventually(async () => expect(await service.mails('sam@mail.example')).toHaveLength(2));

    // They pay.
    const shopper = await new Visitor().open(link);
    expect(shopper.text).toContain('Total $43.40');
    await shopper.submit('/checkout');
    expect(shopper.url).toContain(service.stripe);
    const session_id = /cs_test_\w+/.exec(shopper.url)?.[0] as string;
    await service.control(service.stripe, `/sessions/${session_id}/pay`, {
      name: 'Sam Example',
      address: { line1: '1 Main Street', city: 'Portland', postal_code: '97201', state: 'OR', country: 'US' },
    });
    await eventually(async () => {
      await shopper.open(`${link}?session=${session_id}`);
      expect(shopper.text).toContain('Thank you, it is yours');
    });

    // What the merchant needs to pack it, and what the books say.
    const order = await service.db.selectFrom('orders').selectAll().executeTakeFirstOrThrow();
    expect(order).toMatchObject({
      status: 'paid',
      subtotal: 3850,
      shipping: 490,
      total: 4340,
      currency: 'USD',
      merchant_id: 'shop',
    });
    expect(order.ship_to).toMatchObject({
      name: 'Sam Example',
      address: { line1: '1 Main Street', country: 'US' },
    });
    const lines = await service.db
      .selectFrom('order_lines')
      .select(['sku', 'quantity', 'price'])
      .orderBy('sku')
      .execute();
    expect(lines).toEqual([
      { sku: 'MUG', quantity: 2, price: 1800 },
      { sku: 'STICKER', quantity: 1, price: 250 },
    ]);
    const stock = await service.db
      .selectFrom('variants')
      .select(['sku', 'stock', 'sold'])
      .where('sku', 'in', ['MUG', 'STICKER'])
      .orderBy('sku')
      .execute();
    expect(stock).toEqual([
      { sku: 'MUG', stock: 10, sold: 2 },
      { sku: 'STICKER', stock: 3, sold: 1 },
    ]);
    await eventually(async () => {
      expect((await service.mails('sam@mail.example'))[0]?.subject).toBe(
        '[TEST] Receipt for order 1 (Acme Stoneware)',
      );
      const [toMerchant] = await service.mails('help@shop.example');
      expect(toMerchant?.text).toContain('2 × MUG (Stoneware mug)');
      expect(toMerchant?.text).toContain('1 Main Street');
    });

    expect((await checkInvariants(service.db)).filter(({ breaches }) => breaches > 0)).toEqual([]);

    // No address and no key is in what was logged.
    expect(service.output).not.toMatch(/sam@mail|Main Street|whsec|x-bearer|sk_test/);
    expect(service.output).not.toContain(link.split('/c/')[1]);
    for (const name of ['web', 'stream', 'worker']) expect(await service.stop(name)).toBe(0);
  },
  120_000,
);
