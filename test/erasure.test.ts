import { expect, test } from '@jest/globals';
import { storeReplies } from '../src/db/replies.ts';
import { record } from '../src/db/staff.ts';
import { aReply, POST } from './harness/builders.ts';
import { dumpDatabase, dumpRedis } from './harness/dump.ts';
import { eventually } from './harness/eventually.ts';
import { aService, peopleX, type Service } from './harness/service.ts';
import { controlStandIn } from './harness/stand-ins.ts';
import { Visitor } from './harness/visitor.ts';

const { TEST_REDIS_URL } = process.env;
const places: Array<[string, Record<string, string>]> = [['queues in PostgreSQL', {}]];
if (TEST_REDIS_URL) places.push(['queues in Redis', { REDIS_URL: `${TEST_REDIS_URL}/6` }]);

const CANARY = {
  id: '7700000000000000077',
  username: 'canary_zq7',
  name: 'Zenobia Quartermain',
  email: 'canary.zq7@mail.example',
  typed: 'other.zq7@mail.example',
  line1: '7 Zeqodulu Street',
  words: 'zebraquagga',
};
const account = { account: CANARY.id, decision: 'authorize' };
const address = { line1: CANARY.line1, city: 'Portland', postal_code: '97201', state: 'OR', country: 'US' };

/** Posts of the canary, as X delivers them: an order, a question, more than there is, and something that is no order. */
const posts = [
  { to: POST.mug, text: `#AddToCart x2 ${CANARY.words}` },
  { to: POST.tee, text: `#AddToCart ${CANARY.words}` },
  { to: POST.sticker, text: `#AddToCart x5 ${CANARY.words}` },
  { to: POST.mug, text: `lovely ${CANARY.words}` },
].map((given) => aReply({ ...given, author: CANARY.id }));

const deliver = (service: Service): Promise<string[]> =>
  storeReplies(
    service.db,
    posts.map((post) => ({
      post_id: post.data.id,
      source: 'search',
      body: Buffer.from(JSON.stringify(post)),
    })),
  );

/** What of the canary is to be found where; nothing, if all is as it should be. */
function traces(lines: string[]): string[] {
  const names = [...Object.values(CANARY), ...posts.map((post) => post.data.id)];
  return lines.flatMap((line) =>
    names.filter((name) => line.includes(name)).map((name) => `${name} in ${line}`),
  );
}

/** Presses the button on the cart page. */
async function checkOut(shopper: Visitor, cart: string): Promise<string> {
  await (await shopper.open(cart)).submit('/checkout');
  return /cs_test_\w+/.exec(shopper.url)?.[0] as string;
}

/** Everything that a shopper can leave behind: replies, account, mails, carts, an order, a refund, a payment page. */
async function liveThrough(service: Service): Promise<{ session: string }> {
  const { db } = service;
  const pay = (session: string) =>
    service.control(service.stripe, `/sessions/${session}/pay`, { name: CANARY.name, address });
  await deliver(service);
  await eventually(async () =>
    expect(await db.selectFrom('outcomes').select('outcome').execute()).toHaveLength(posts.length),
  );
  const shopper = await new Visitor().open(`${service.url}/link`);
  await (await shopper.submit('/link')).submit('authorize', account);
  const cart = shopper.url;
  expect(shopper.text).toContain('You are waiting for');
  await eventually(async () => expect(await service.mails(CANARY.email)).not.toHaveLength(0));
  await (await shopper.open(`${service.url}/cart`)).submit('/cart', { email: CANARY.email });
  await (await shopper.open(`${service.url}/link/email`)).submit('/link/email', { email: CANARY.typed });
  const first = await checkOut(shopper, cart);
  await db.updateTable('checkouts').set({ status: 'expired' }).where('session_id', '=', first).execute();
  const second = await checkOut(shopper, cart);
  await pay(second);
  await eventually(async () => expect(await db.selectFrom('orders').selectAll().execute()).toHaveLength(1));
  await pay(first);
  await eventually(async () =>
    expect(await db.selectFrom('refunds').select('status').execute()).toEqual([{ status: 'succeeded' }]),
  );
  await service.control(service.x, '/posts', {
    author: CANARY.username,
    text: `#AddToCart ${CANARY.words}`,
    reply_to: POST.mug,
  });
  await eventually(async () => {
    await (await shopper.open(`${service.url}/me`)).submit('/me/open');
    expect(shopper.text).toContain('Stoneware mug');
  });
  const session = await checkOut(shopper, shopper.url);
  await record(db, 'kim@example.com', 'reveal', `shopper ${CANARY.id}`, `@${CANARY.username} asked`);
  await record(db, CANARY.email, 'sign-in failed', CANARY.email);
  await db.insertInto('known_posts').values({ id: '777', found: true, author_id: CANARY.id }).execute();
  await eventually(async () =>
    expect((await service.mails(CANARY.email)).map((mail) => mail.subject)).toEqual(
      expect.arrayContaining([expect.stringContaining('Receipt'), expect.stringContaining('given back')]),
    ),
  );
  return { session };
}

test.each(places)(
  'who is erased is nowhere any more, and does not come back, %s',
  async (_name, env) => {
    const service = await aService({ LOG_LEVEL: 'debug', DELIVERY_DAYS: '0', ...env });
    const everything = async () => [
      ...(await dumpDatabase(service.db)),
      ...(env.REDIS_URL ? await dumpRedis(env.REDIS_URL) : []),
    ];
    const cli = async (...args: string[]) => {
      const ran = await service.run(...args);
      service.output += ran.stderr;
      expect({ ...ran, args }).toMatchObject({ code: 0 });
      return JSON.parse(ran.stdout);
    };
    await service.run('migrate');
    await service.run('catalog', 'apply', service.env.CATALOG as string);
    await peopleX(service, [POST.mug]);
    const { id, username, name, email } = CANARY;
    await service.control(service.x, '/users', { id, username, name, email });
    for (const kind of ['web', 'stream', 'worker'] as const) service.start(kind);
    await service.isReady();
    const { session } = await liveThrough(service);
    const sums = () =>
      service.db
        .selectFrom('orders')
        .innerJoin('order_lines', 'order_id', 'id')
        .select(['sku', 'quantity', 'total', 'status'])
        .orderBy('sku')
        .execute();
    const [booked, outcomes] = [
      await sums(),
      await service.db.selectFrom('outcomes').select('outcome').execute(),
    ];

    const { held } = await cli('shoppers', 'export', email, '--json');
    expect(Object.values(CANARY).filter((each) => !JSON.stringify(held).includes(each))).toEqual([]);
    const tables = new Set(
      (await everything()).filter((row) => traces([row]).length > 0).map((row) => row.split(' ')[0]),
    );
    expect(Object.keys(held).map((table) => `public.${table}`)).toEqual(expect.arrayContaining([...tables]));

    const { erased } = await cli('shoppers', 'erase', `@${username}`, '--yes', '--json');
    // Stripe tells, a moment later, that the payment page was closed.
    await eventually(async () => expect(traces(await everything())).toEqual([]));
    expect(await sums()).toEqual(booked);
    expect(await service.db.selectFrom('outcomes').select('outcome').execute()).toHaveLength(outcomes.length);
    expect(await service.db.selectFrom('orders').select('shopper_id').execute()).toEqual([
      { shopper_id: erased },
    ]);
    const { data } = await controlStandIn<{ data: Array<{ id: string; status: string }> }>(
      service.stripe,
      '/sessions',
    );
    expect(data.find((each) => each.id === session)?.status).toBe('expired');

    // X delivers the old posts again.
    await deliver(service);
    for (const post of posts) await service.run('replies', 'replay', post.data.id);
    await eventually(async () =>
      expect(await service.db.selectFrom('replies').select('post_id').execute()).toEqual([]),
    );
    expect(traces(await everything())).toEqual([]);

    // A new post is a new beginning.
    const mails = (await service.mails(email)).length;
    const again = await service.control(service.x, '/posts', {
      author: username,
      text: '#AddToCart',
      reply_to: POST.mug,
    });
    const shopper = await new Visitor().open(`${service.url}/link`);
    await (await shopper.submit('/link')).submit('authorize', account);
    await eventually(async () => {
      const rows = await service.db
        .selectFrom('outcomes')
        .select('outcome')
        .where('post_id', '=', again.id as string)
        .orderBy('revision', 'desc')
        .execute();
      expect(rows[0]).toEqual({ outcome: 'added' });
      expect(await service.mails(email)).toHaveLength(mails + 1);
    });
    expect(traces(service.output.split('\n'))).toEqual([]);
  },
  120_000,
);
