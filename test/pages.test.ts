import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { inviteStaff } from '../src/actions/staff-access.ts';
import { dueMails } from '../src/db/mails.ts';
import { searchSupport } from '../src/db/support-search.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart, aLink } from './harness/carts.ts';
import { useCatalog } from './harness/context.ts';
import { everything } from './harness/everything.ts';
import { aShopper, cartOf, deliver } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';

const shop = await aShop();
const { context, app } = shop;
const { PUBLIC_URL } = context.config;

const at = (path: string): string => `${PUBLIC_URL}${path}`;
const mailEverything = async (): Promise<void> => {
  const mail_ids = await dueMails(context.db, 100);
  if (mail_ids.length > 0) await sendMails(context, { mail_ids });
};

test('looking at a cart changes nothing, however often and by whomever', async () => {
  const { path } = await aCart(shop, [{}, { to: POST.tee }]);
  await mailEverything();
  const before = await everything(context);
  for (let n = 0; n < 10; n++) {
    for (const method of ['GET', 'HEAD']) expect((await app.request(at(path), { method })).status).toBe(200);
  }
  for (const page of [
    '/',
    '/link',
    '/cart',
    '/me',
    '/m/shop',
    '/privacy',
    '/terms',
    '/support',
    '/link/callback?code=a&state=b',
    '/nowhere',
  ])
    await app.request(at(page));
  expect(await everything(context)).toBe(before);
});

test('the cart page shows lines, prices and the total, and changes them', async () => {
  const { path, shopper_id } = await aCart(shop, [{ text: '#AddToCart x2' }, { to: POST.ebook }]);
  const visitor = await shop.visitor().open(at(path));
  expect(visitor.text).toContain('Stoneware mug $36.00 $18.00 each');
  expect(visitor.text).toContain('You wrote #AddToCart in reply to its post, read as 2.');
  expect(visitor.text).toContain('Total $49.90');
  await visitor.submit(`${path}/items`, { sku: 'MUG', quantity: '4' });
  expect(visitor.text).toContain('Total $81.00'); // from 60.00 on shipping is free
  await visitor.submit(`${path}/items`, { sku: 'EBOOK', quantity: '0' });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 4 });
});

test.each([
  ['more than the limit', 'MUG', '7', 'At most 6 for each shopper.'],
  ['more than there are', 'STICKER', '4', 'Only 3 are left.'],
])('the page refuses %s, and says so', async (_name, sku, quantity, text) => {
  await setStock(context, 'STICKER', 3);
  const { path, shopper_id } = await aCart(shop, [{}, { to: POST.sticker }]);
  const before = await cartOf(context, shopper_id);
  const visitor = await shop.visitor().open(at(path));
  await visitor.submit(`${path}/items`, { sku, quantity });
  expect(visitor.text).toContain(text);
  expect(await cartOf(context, shopper_id)).toEqual(before);
});

test.each(['-1', '1.5', 'many', '100000', ''])('a quantity of "%s" changes nothing', async (quantity) => {
  const { path, shopper_id } = await aCart(shop);
  await (await shop.visitor().open(at(path))).submit(`${path}/items`, { quantity });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 1 });
});

test('what no text of ours may hold is refused, and is no fault of ours', async () => {
  const { path, shopper_id } = await aCart(shop);
  const headers = { origin: PUBLIC_URL };
  const statusOf = async (place: string, fields?: Record<string, string>): Promise<[string, number]> => {
    const init = fields && { method: 'POST', headers, body: new URLSearchParams(fields) };
    return [place, (await app.request(at(place), init)).status];
  };
  for (const way of ['items', 'option', 'amount', 'waiting', 'only', 'checkout'])
    expect(await statusOf(`${path}/${way}`, { sku: 'MUG\0', to: '\0', quantity: '1', amount: '5' })).toEqual([
      `${path}/${way}`,
      303,
    ]);
  for (const query of ['/choose?sku=%00', '?session=%00'])
    expect((await shop.visitor().open(at(path + query))).text).toContain('This link opens no cart');
  for (const place of ['/p/shop/%00', '/p/%00/MUG', '/m/%00/sign-in', '/d/%00', '/unsubscribe/%00'])
    expect(await statusOf(place)).toEqual([place, 404]);
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 1 });
});

test('a product with options is chosen on the page', async () => {
  const { path, shopper_id } = await aCart(shop, [{}, { to: POST.tee }]);
  const visitor = await shop.visitor().open(at(path));
  expect(visitor.text).toContain('Please choose Logo T-shirt');
  await visitor.open(at(`${path}/items`), {
    method: 'POST',
    body: new URLSearchParams({ sku: 'TEE-BLUE-M', quantity: '1' }),
    headers: { origin: PUBLIC_URL },
  });
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 1, 'shop TEE-BLUE-M': 1 });
  expect((await visitor.open(at(path))).text).not.toContain('Please choose');
});

test.each([
  ['that chooses', '#AddToCart blue L', 0],
  ['that is refused', '#AddToCart blue L x99', 0],
  ['that removes', '#RemoveFromCart', 0],
  ['that is a new question', '#AddToCart blue', 1],
])('a question is closed by a later reply %s', async (_name, text, questions) => {
  const { path, shopper_id } = await aCart(shop, [{}, { to: POST.tee }]);
  await deliver(context, aReply({ author: shopper_id, to: POST.tee, text }));
  const { text: page } = await shop.visitor().open(at(path));
  expect(page.match(/Please choose Logo T-shirt/g) ?? []).toHaveLength(questions);
});

test('a change on the page is newer than replies that were written before it', async () => {
  const { path, shopper_id } = await aCart(shop, [{ text: '#AddToCart x2' }]);
  await (await shop.visitor().open(at(path))).submit(`${path}/items`, { quantity: '0' });
  const lines = await context.db
    .selectFrom('cart_lines')
    .innerJoin('carts', 'carts.id', 'cart_id')
    .select(['position', 'cart_lines.post_id'])
    .where('shopper_id', '=', shopper_id)
    .execute();
  expect(BigInt(lines[0]?.position ?? 0)).toBeGreaterThan(BigInt(lines[0]?.post_id ?? 0));
});

test('old, foreign and mutilated links all give the same page', async () => {
  const { cart_id, path } = await aCart(shop);
  const expired = await aLink(shop, cart_id, new Date(Date.now() - 1000));
  const pages = await Promise.all(
    [expired, `${path}x`, '/c/1', `/c/${'a'.repeat(5000)}`, '/c/%00'].map(async (each) =>
      app.request(at(each)),
    ),
  );
  expect(pages.map((page) => page.status)).toEqual(pages.map(() => 404));
  const [first, ...others] = await Promise.all(pages.map((page) => page.text()));
  for (const other of others) expect(other).toBe(first);
  expect(first).toContain('/cart');
});

test('forms from elsewhere are refused', async () => {
  const { path, shopper_id } = await aCart(shop);
  const body = () => new URLSearchParams({ sku: 'MUG', quantity: '0' });
  for (const origin of ['https://evil.example', 'null', 'http://localhost:3998']) {
    expect(
      (await app.request(at(`${path}/items`), { method: 'POST', body: body(), headers: { origin } })).status,
    ).toBe(403);
  }
  expect((await app.request(at(`${path}/items`), { method: 'POST', body: body() })).status).toBe(403);
  expect(await cartOf(context, shopper_id)).toEqual({ 'shop MUG': 1 });
});

test('pages load nothing from elsewhere, run nothing, and are not for frames or caches', async () => {
  const { path } = await aCart(shop);
  const { headers } = await app.request(at(path));
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(Object.fromEntries(headers)).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
});

const HOSTILE = `<img src=x onerror=alert(1)>"'&<script>alert(2)</script>`;

test('hostile names are text, on every page and in every mail', async () => {
  const evil = await aShop();
  await useCatalog(evil.context);
  await evil.context.db
    .updateTable('merchants')
    .set({ name: HOSTILE, postal_address: HOSTILE, returns_policy: HOSTILE })
    .execute();
  await evil.context.db.updateTable('products').set({ title: HOSTILE }).execute();
  await sql`insert into catalog_versions (applied_by) values ('test')`.execute(evil.context.db);
  const { path, shopper_id } = await aCart(evil, [
    { text: `#AddToCart \0\ud800 ${HOSTILE}` },
    { to: POST.tee },
  ]);
  await evil.context.db
    .updateTable('shoppers')
    .set({ username: HOSTILE })
    .where('x_user_id', '=', shopper_id)
    .execute();
  await sendMails(evil.context, { mail_ids: await dueMails(evil.context.db, 10) });
  const token = await inviteStaff(evil.context, 'kim@example.com', 'admin', 'test');
  const staff = await evil.visitor().open(`${PUBLIC_URL}/support/welcome/${token}`);
  await staff.submit(token, { password: 'a long enough sentence' });
  const pages = [
    await evil.visitor().open(at(path)),
    await evil.visitor().open(at('/m/shop')),
    await staff.open(at(`/support/shoppers/${shopper_id}`)),
    await staff.open(at(`/support?q=${encodeURIComponent(HOSTILE)}`)),
  ].map((page) => page.html);
  pages.push(...(await evil.mails()).map((mail) => mail.html));
  expect(pages.length).toBe(5);
  for (const html of pages) {
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toMatch(/<img|<script|onerror=alert\(1\)>/);
  }
});

test('who could not be told of a question or a refusal hears of it when they link', async () => {
  const id = '6200000000000000009';
  await shop.control(shop.x, '/users', { id, username: 'asks', name: 'Asks', email: 'asks@mail.example' });
  const [asked, refused] = [
    aReply({ author: id, to: POST.tee }),
    aReply({ author: id, text: '#AddToCart x99' }),
  ];
  await deliver(context, asked, refused);
  const visitor = await shop.visitor().open(at('/link'));
  await (await visitor.submit('/link')).submit('authorize', { account: id, decision: 'authorize' });
  expect(visitor.text).toContain('Please choose');
  await mailEverything();
  const told = await context.db.selectFrom('outcomes').selectAll().where('shopper_id', '=', id).execute();
  expect(told.map(({ revision, outcome, mail_id }) => [outcome, revision, mail_id !== null]).sort()).toEqual([
    ['asked', 0, false],
    ['asked', 1, true],
    ['refused', 0, false],
    ['refused', 1, true],
  ]);
});

test('linking: consent, X, the cart with what was kept; nothing without consent or with a wrong state', async () => {
  await shop.control(shop.x, '/users', {
    id: '6100000000000000001',
    username: 'newcomer',
    name: 'N',
    email: 'newcomer@mail.example',
  });
  const held = { author: '6100000000000000001', text: '#AddToCart x3' };
  await deliver(context, aReply(held));
  const before = await everything(context);
  const visitor = await shop.visitor().open(at('/link'));
  await visitor.submit('/link');
  expect(await everything(context)).toBe(before);
  const callback = new URL(visitor.url);
  const stranger = await shop
    .visitor()
    .open(at(`/link/callback?code=abc&state=${callback.searchParams.get('state')}`));
  expect(stranger.status).toBe(400);
  expect((await shop.visitor().open(at('/link/callback?error=access_denied&state=x'))).text).toContain(
    'nothing was linked',
  );
  expect(await everything(context)).toBe(before);
  await visitor.submit('authorize', { account: '6100000000000000001', decision: 'authorize' });
  expect(visitor.url).toMatch(/\/c\/[\w-]{43}$/);
  expect(visitor.text).toContain('Stoneware mug $54.00');
  const consents = await context.db
    .selectFrom('consents')
    .selectAll()
    .where('shopper_id', '=', '6100000000000000001')
    .execute();
  expect(consents).toMatchObject([{ text_version: '2026-11' }]);
  expect((await visitor.open(at('/me'))).text).toContain('n•••@mail.example');
});

test('an address that X does not tell is typed, and proven by a code', async () => {
  await shop.control(shop.x, '/users', { id: '6100000000000000002', username: 'nomail', name: 'N' });
  const visitor = await shop.visitor().open(at('/link'));
  await (await visitor.submit('/link')).submit('authorize', {
    account: '6100000000000000002',
    decision: 'authorize',
  });
  expect(visitor.url).toBe(at('/link/email'));
  await visitor.submit('/link/email', { email: 'not an address' });
  expect(visitor.status).toBe(422);
  await visitor.submit('/link/email', { email: 'ada@mail.example' });
  await mailEverything();
  const mail = (await shop.mails()).find((each) => each.to.includes('ada@mail.example'));
  const code = /\b\d{6}\b/.exec(mail?.subject ?? '')?.[0] as string;
  expect(mail?.text).toContain(code);
  for (let n = 0; n < 4; n++) {
    await visitor.submit('/link/code', { code: code === '000000' ? '111111' : '000000' });
    expect(visitor.status).toBe(422);
  }
  await visitor.submit('/link/code', { code: `${code.slice(0, 3)} ${code.slice(3)}` });
  expect(visitor.url).toBe(at('/me'));
  expect(visitor.text).toContain('a•••@mail.example');
});

test('a code is good for five guesses, and a day for five codes', async () => {
  await shop.control(shop.x, '/users', { id: '6100000000000000003', username: 'guesser', name: 'G' });
  const visitor = await shop.visitor().open(at('/link'));
  await (await visitor.submit('/link')).submit('authorize', {
    account: '6100000000000000003',
    decision: 'authorize',
  });
  await visitor.submit('/link/email', { email: 'victim@mail.example' });
  await mailEverything();
  const code = /\b\d{6}\b/.exec(
    (await shop.mails()).find((each) => each.to.includes('victim@mail.example'))?.subject ?? '',
  )?.[0] as string;
  for (let n = 0; n < 5; n++)
    await visitor.submit('/link/code', { code: code === '000000' ? '111111' : '000000' });
  await visitor.submit('/link/code', { code });
  expect(visitor.status).toBe(422);
  const statuses = [];
  for (let n = 0; n < 5; n++)
    statuses.push(
      (await (await visitor.open(at('/link/email'))).submit('/link/email', { email: 'victim@mail.example' }))
        .status,
    );
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
});

test('a lost link: the same answer for everybody, a mail for whom we know', async () => {
  await aCart(shop, [{}], 'forgetful@mail.example');
  const answers = [];
  for (const email of [
    'forgetful@mail.example',
    'FORGETFUL@mail.example',
    'unknown@mail.example',
    'nonsense',
  ]) {
    const visitor = await shop.visitor().open(at('/cart'));
    answers.push((await visitor.submit('/cart', { email })).html);
  }
  expect(new Set(answers).size).toBe(1);
  await mailEverything();
  const mails = (await shop.mails()).filter((mail) => mail.subject.includes('Your carts'));
  expect(mails.map((mail) => mail.to)).toEqual([['forgetful@mail.example']]);
  const link = /http\S+\/c\/\S+/.exec(mails[0]?.text ?? '')?.[0] as string;
  expect((await shop.visitor().open(link)).text).toContain('Stoneware mug');
});

test('support is for those who are signed in, and what they reveal is recorded', async () => {
  const shopper_id = (await aCart(shop, [{}], 'secret@mail.example')).shopper_id;
  for (const route of app.routes.filter(
    ({ path, method }) =>
      path.startsWith('/support/') && !/sign-in|welcome|\*/.test(path) && method !== 'ALL',
  )) {
    const response = await app.request(at(route.path.replace(':id', shopper_id)), {
      method: route.method,
      headers: { origin: PUBLIC_URL, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([route.path, response.status, response.headers.get('location')]).toEqual([
      route.path,
      303,
      '/support/sign-in',
    ]);
  }
  const token = await inviteStaff(context, 'agent@example.com', 'agent', 'test');
  const agent = await shop.visitor().open(at(`/support/welcome/${token}`));
  await agent.submit(token, { password: 'short' });
  expect(agent.status).toBe(422);
  await agent.submit(token, { password: 'a long enough sentence' });
  expect((await shop.visitor().open(at(`/support/welcome/${token}`))).status).toBe(404);
  await agent.open(at('/support?q=secret@mail.example'));
  expect(agent.url).toBe(at(`/support/shoppers/${shopper_id}`));
  expect(agent.html).not.toContain('secret@mail.example');
  await agent.submit('/reveal', { reason: 'parcel came back' });
  expect(agent.html).toContain('secret@mail.example');
  const records = await context.db.selectFrom('audit').selectAll().where('action', '=', 'reveal').execute();
  expect(records).toMatchObject([
    { staff_email: 'agent@example.com', subject: `shopper ${shopper_id}`, reason: 'parcel came back' },
  ]);
  await context.db
    .updateTable('staff')
    .set({ role: 'viewer' })
    .where('email', '=', 'agent@example.com')
    .execute();
  await agent.open(at(`/support/shoppers/${shopper_id}/reveal`), {
    method: 'POST',
    body: new URLSearchParams({ reason: 'just curious' }),
    headers: { origin: PUBLIC_URL },
  });
  expect(agent.html).not.toContain('secret@mail.example');
});

test('wrong passwords all look alike, and too many end the trying', async () => {
  const token = await inviteStaff(context, 'kim@example.com', 'agent', 'test');
  await (await shop.visitor().open(at(`/support/welcome/${token}`))).submit(token, {
    password: 'a long enough sentence',
  });
  const signIn = async (email: string, password: string) =>
    (await shop.visitor().open(at('/support/sign-in'))).submit('/sign-in', { email, password });
  const wrong = await signIn('kim@example.com', 'wrong');
  expect(wrong.html).toBe((await signIn('nobody@example.com', 'wrong')).html);
  expect((await signIn('kim@example.com', 'a long enough sentence')).url).toBe(at('/support'));
  for (let n = 0; n < 10; n++) await signIn('kim@example.com', 'wrong');
  expect((await signIn('kim@example.com', 'a long enough sentence')).status).toBe(403);
});

test('search finds a shopper by whatever support is told', async () => {
  const email = 'found@mail.example';
  const { shopper_id, cart_id } = await aCart(shop, [{}], email);
  const { username } = await context.db
    .selectFrom('shoppers')
    .select('username')
    .where('x_user_id', '=', shopper_id)
    .executeTakeFirstOrThrow();
  const { post_id } = await context.db
    .selectFrom('outcomes')
    .select('post_id')
    .where('shopper_id', '=', shopper_id)
    .executeTakeFirstOrThrow();
  for (const query of [
    `@${username}`,
    username as string,
    email,
    email.toUpperCase(),
    post_id,
    `https://x.com/i/status/${post_id}`,
    shopper_id,
    `cart ${cart_id}`,
  ]) {
    expect([query, await searchSupport(context.db, query)]).toEqual([
      query,
      expect.arrayContaining([expect.objectContaining({ shopper_id })]),
    ]);
  }
  for (const query of ['', '%', "'; drop table carts; --", '@'.repeat(300), 'cs_test_unknown', '99999999'])
    expect(await searchSupport(context.db, query)).toEqual([]);
});

test('a shopper without an address is told nothing, and nothing fails', async () => {
  const shopper_id = await aShopper(context, null);
  await deliver(context, aReply({ author: shopper_id }));
  await mailEverything();
  const rows = await context.db
    .selectFrom('mails')
    .select(['status', 'error'])
    .where('shopper_id', '=', shopper_id)
    .execute();
  expect(rows).toEqual([{ status: 'skipped', error: 'no_address' }]);
});
