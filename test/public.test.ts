import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { postPublicReply } from '../src/actions/post-public-reply.ts';
import { inviteStaff } from '../src/actions/staff-access.ts';
import { readCatalogFile } from '../src/catalog/read.ts';
import { applyCatalog } from '../src/db/catalog.ts';
import { inTransaction } from '../src/db/database.ts';
import { setMailWish } from '../src/db/mail-wishes.ts';
import { dueMails } from '../src/db/mails.ts';
import { findAccount } from '../src/db/merchant-accounts.ts';
import { neverTold } from '../src/db/never-told.ts';
import {
  accountsToPost,
  endLatePublicReplies,
  publicState,
  resumePosting,
} from '../src/db/public-replies.ts';
import { saveShopper } from '../src/db/shoppers.ts';
import type { CatalogFile } from '../src/domain/catalog-file.ts';
import { en } from '../src/views/texts/en.ts';
import type { XAccount, XClient } from '../src/x/client.ts';
import { work } from '../workers/main.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST, SHOP } from './harness/builders.ts';
import { CAMPAIGN } from './harness/context.ts';
import { eventually } from './harness/eventually.ts';
import {
  answersTo,
  aPerson,
  changeCatalog,
  expectAnswers,
  merchantAtX,
  notedOf,
  passTime,
  postAll,
  reply,
  signIn,
} from './harness/public.ts';
import { deliver, outcomeOf } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

type Listed = CatalogFile['merchants'][number];

const shop = await aShop();
const { context, control, x } = shop;
const { db, config } = context;

beforeAll(async () => {
  await merchantAtX(shop);
  await signIn(shop);
});
beforeEach(async () => {
  config.X_DAILY_BUDGET_USD = 5;
  config.X_ENTERPRISE = false;
  await sql`delete from spending`.execute(db);
  await sql`update merchant_accounts set rests_until = null`.execute(db);
  await sql`update public_replies set status = 'unsaid' where status = 'pending'`.execute(db);
  await changeCatalog(shop, () => {});
});

/** Somebody who has linked. */
async function aLinked(email: string | null = 'pat@shopper.example'): Promise<string> {
  const x_user_id = await aPerson(shop);
  await inTransaction(db, (tx) =>
    saveShopper(tx, { x_user_id, username: `p${x_user_id.slice(-12)}`, email, locale: 'en' }),
  );
  return x_user_id;
}
const spent = async (): Promise<number> => {
  const { rows } = await sql<{ dollars: number }>`
    select coalesce(sum(micro_dollars), 0)::float / 1e6 as dollars from spending where what = 'replies'`.execute(
    db,
  );
  return rows[0]?.dollars ?? 0;
};
const fault = (answer: string, more: object = {}) =>
  control(x, '/faults', { kind: 'answer', answer, path: '/2/tweets', method: 'POST', ...more });

test('a newcomer is told once in a week, by the merchant’s account, for a cent', async () => {
  const pat = await aPerson(shop);
  const first = await reply(shop, pat);
  const second = await reply(shop, pat, { to: POST.tee, text: '#AddToCart red L' });
  await postAll(shop);
  const [text] = await expectAnswers(shop, first, 1);
  expect(en.public.hint).toContain(text);
  await expectAnswers(shop, second, 0);
  expect(await spent()).toBeCloseTo(0.01);
  expect(await notedOf(shop, first)).toBe('first_contact posted');

  await sql`update public_replies set written_at = written_at - interval '8 days' where shopper_id = ${pat}`.execute(
    db,
  );
  await endLatePublicReplies(db);
  const third = await reply(shop, pat, { text: 'taza #AddToCart' });
  await postAll(shop);
  await expectAnswers(shop, third, 1);
});

test('an account of several merchants tells a newcomer once', async () => {
  const { file } = await readCatalogFile(CAMPAIGN);
  const [one, other] = (file as CatalogFile).merchants as [Listed, Listed];
  other.x.user_id = one.x.user_id;
  await applyCatalog(db, file as CatalogFile, 'test');
  await control(x, '/posts', { id: POST.rivalCup, author: 'shop', text: 'A cup. Reply #AddToCart' });
  const pat = await aPerson(shop);
  const first = await reply(shop, pat);
  const second = await reply(shop, pat, { to: POST.rivalCup });
  await postAll(shop);
  await expectAnswers(shop, first, 1);
  await expectAnswers(shop, second, 0);
  const missed = await neverTold(db, 7);
  expect(missed.flatMap(({ post_ids }) => post_ids)).not.toContain(second);
});

test('a newcomer whose reply is asked back, or refused, is told as well: they hear why once they have linked', async () => {
  await sql`truncate replies, outcomes, public_replies`.execute(db);
  for (const [text, outcome] of [
    ['#AddToCart', 'asked'],
    ['#AddToCart 1.5 red L', 'refused'],
  ] as const) {
    const post = await reply(shop, await aPerson(shop), { to: POST.tee, text });
    expect(await outcomeOf(context, { data: { id: post } })).toMatch(outcome);
    expect(await neverTold(db, 7)).toEqual([
      { merchant_id: 'shop', why: 'waiting', shoppers: 1, post_ids: [post] },
    ]);
    await postAll(shop);
    expect(en.public.hint).toContain((await expectAnswers(shop, post, 1))[0]);
    expect(await neverTold(db, 7)).toEqual([]);
  }
});

test('link puts the address into it, as long as the day’s budget allows; then it is a hint, and then nothing', async () => {
  await changeCatalog(shop, (merchant) => {
    merchant.first_contact = 'link';
  });
  config.X_DAILY_BUDGET_USD = 0.21;
  const posts = [];
  for (let n = 0; n < 3; n += 1) posts.push(await reply(shop, await aPerson(shop)));
  await postAll(shop);
  const answers = await Promise.all(posts.map((id) => answersTo(shop, id)));
  expect(answers.map((texts) => texts.map((text) => text.includes('http://localhost:3999/link')))).toEqual([
    [true],
    [false],
    [],
  ]);
  expect(await spent()).toBeCloseTo(0.21);
  expect(await accountsToPost(db)).toEqual([]);
  config.X_DAILY_BUDGET_USD = 1;
  await passTime(shop, 15);
  await postAll(shop);
  await expectAnswers(shop, posts[2] as string, 1);
});

test('none says nothing', async () => {
  await changeCatalog(shop, (merchant) => {
    merchant.first_contact = 'none';
  });
  const post = await reply(shop, await aPerson(shop));
  expect(await notedOf(shop, post)).toBeUndefined();
});

test('a linked shopper is answered as the merchant chose', async () => {
  const said = async (acknowledge: 'none' | 'problems' | 'all'): Promise<Array<string | undefined>> => {
    await changeCatalog(shop, (merchant) => {
      merchant.acknowledge = acknowledge;
    });
    const pat = await aLinked();
    const posts = [
      await reply(shop, pat),
      await reply(shop, pat, { to: POST.tee }),
      await reply(shop, pat, { to: POST.lamp }),
    ];
    await postAll(shop);
    return Promise.all(posts.map((post) => notedOf(shop, post)));
  };
  expect(await said('none')).toEqual([undefined, undefined, undefined]);
  expect(await said('problems')).toEqual([undefined, 'problem posted', 'problem posted']);
  expect(await said('all')).toEqual(['done posted', 'problem posted', 'problem posted']);
});

test('of sensitive products nothing is said but a neutral hint; the mail’s subject does not name them', async () => {
  await changeCatalog(shop, (merchant) => {
    merchant.acknowledge = 'all';
    merchant.first_contact = 'link';
    for (const product of merchant.products) product.sensitive = product.sku === 'MUG';
  });
  const pat = await aLinked();
  expect(await notedOf(shop, await reply(shop, pat))).toBeUndefined();
  // A post that offers it and something else.
  expect(await notedOf(shop, await reply(shop, pat, { to: POST.mugAndTee }))).toBeUndefined();
  const other = await reply(shop, pat, { to: POST.tee, text: '#AddToCart red L' });
  const first = await reply(shop, await aPerson(shop));
  await postAll(shop);
  await expectAnswers(shop, other, 1);
  expect(en.public.hint).toContain((await answersTo(shop, first))[0]);

  await reply(shop, await aLinked('discreet@shopper.example'));
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  await reply(shop, await aLinked('torn@shopper.example'), { to: POST.mugAndTee });
  await sendMails(context, { mail_ids: await dueMails(db, 100) });
  for (const address of ['discreet@shopper.example', 'torn@shopper.example']) {
    const mail = (await shop.mails()).find(({ to }) => to.includes(address));
    expect(mail?.subject).toBe('[TEST] Your reply to Acme Stoneware');
    expect(mail?.text).toContain('Stoneware mug');
    const [, preview] = /<div style="display:none[^>]*>([^<]*)</.exec(mail?.html ?? '') ?? [];
    expect(preview).toMatch(/^Hello @\w+,\s/);
    expect(preview).not.toContain('mug');
  }
});

test('whoever wants to be left alone, has no mail, or has linked meanwhile is not answered', async () => {
  await changeCatalog(shop, (merchant) => {
    merchant.acknowledge = 'all';
    merchant.hashtags.stop = ['#LeaveMe'];
  });
  const [stopped, unsubscribed, silent, newcomer, linking] = [
    await aLinked(),
    await aLinked(),
    await aLinked(null),
    await aPerson(shop),
    await aPerson(shop),
  ];
  const posts = await Promise.all(
    [stopped, unsubscribed, silent, newcomer, linking].map((who) => reply(shop, who)),
  );
  await reply(shop, stopped, { text: '#LeaveMe' });
  await reply(shop, newcomer, { text: '#LeaveMe' });
  await sql`update shoppers set unsubscribed_at = now() where x_user_id = ${unsubscribed}`.execute(db);
  await inTransaction(db, (tx) =>
    saveShopper(tx, { x_user_id: linking, username: 'linking', email: 'l@shopper.example', locale: 'en' }),
  );
  await postAll(shop);
  expect(await Promise.all(posts.map((post) => notedOf(shop, post)))).toEqual([
    'done unsaid opted_out',
    'done unsaid opted_out',
    'done unsaid no_mail',
    'first_contact unsaid opted_out',
    'first_contact unsaid linked',
  ]);
});

test('who comes back after a stop tag is answered again', async () => {
  await changeCatalog(shop, (merchant) => {
    merchant.acknowledge = 'all';
    merchant.hashtags.stop = ['#LeaveMe'];
  });
  const pat = await aLinked();
  await reply(shop, pat, { text: '#LeaveMe' });
  const meanwhile = await reply(shop, pat);
  await inTransaction(db, (tx) => setMailWish(tx, pat, 'come_back'));
  const after = await reply(shop, pat);
  await postAll(shop);
  await expectAnswers(shop, meanwhile, 0);
  expect(await notedOf(shop, after)).toBe('done posted');
});

test('who does not name the merchant is not answered, and X is not asked; with Enterprise access it is', async () => {
  const [one, other] = [await aPerson(shop), await aPerson(shop)];
  const post = await reply(shop, one, { mentions: [] });
  await postAll(shop);
  expect(await notedOf(shop, post)).toBe('first_contact unsaid not_summoned');
  expect(await spent()).toBe(0);
  // The next reply of the same shopper may be answered.
  const next = await reply(shop, one, { to: POST.tee, text: '#AddToCart red M' });
  config.X_ENTERPRISE = true;
  const far = await reply(shop, other, { mentions: [] });
  await postAll(shop);
  await expectAnswers(shop, next, 1);
  await expectAnswers(shop, far, 1);
});

test.each([
  ['not_mentioned', 'first_contact unsaid not_summoned'],
  ['restricted', 'first_contact unsaid not_summoned'],
  ['unavailable', 'first_contact pending'],
  ['rate_limited', 'first_contact pending'],
  ['not_permitted', 'first_contact pending'],
])('X answers %s: %s, and a post has never two answers', async (answer, noted) => {
  const post = await reply(shop, await aPerson(shop));
  await fault(answer);
  await postAll(shop);
  expect(await notedOf(shop, post)).toBe(noted);
  await expectAnswers(shop, post, 0);
  if (!noted.endsWith('pending')) return expect(await spent()).toBe(0);
  await postAll(shop);
  await expectAnswers(shop, post, 0);
  await passTime(shop, 16);
  await postAll(shop);
  await expectAnswers(shop, post, 1);
  expect(await spent()).toBeCloseTo(0.01);
});

test('what X has posted without saying so is found, and not posted again', async () => {
  const post = await reply(shop, await aPerson(shop));
  await fault('unavailable', { done: true });
  await postAll(shop);
  expect(await notedOf(shop, post)).toBe('first_contact pending');
  await passTime(shop, 2);
  await fault('unavailable', { path: '/2/tweets/search', method: 'GET' });
  await postAll(shop);
  await expectAnswers(shop, post, 1);
  await passTime(shop, 16);
  await postAll(shop);
  await expectAnswers(shop, post, 1);
  expect(await notedOf(shop, post)).toBe('first_contact posted');
});

test('a process that died while it posted: what it posted is found', async () => {
  const post = await reply(shop, await aPerson(shop));
  await postAll(shop);
  await sql`update public_replies set status = 'pending', reply_id = null, asked_at = now() where post_id = ${post}`.execute(
    db,
  );
  await passTime(shop, 6);
  await postAll(shop);
  await expectAnswers(shop, post, 1);
  expect(await notedOf(shop, post)).toBe('first_contact posted');
});

test('what X takes for a repetition gets another text', async () => {
  await changeCatalog(shop, (merchant) => {
    merchant.acknowledge = 'all';
  });
  const pat = await aLinked();
  const posts = [];
  for (let n = 0; n < 4; n += 1) posts.push(await reply(shop, pat, { text: `${n + 2} #AddToCart` }));
  await postAll(shop);
  const texts = (await Promise.all(posts.map((post) => answersTo(shop, post)))).flat();
  expect([texts.length, new Set(texts).size]).toEqual([4, 4]);
});

test('an account that may not reply is tried once more, and then left alone', async () => {
  const post = await reply(shop, await aPerson(shop));
  await fault('not_permitted', { times: 2 });
  await postAll(shop);
  await passTime(shop, 16);
  await postAll(shop);
  expect(await notedOf(shop, post)).toBe('first_contact unsaid not_permitted');
});

test('a reply that is deleted is not answered', async () => {
  const post = await reply(shop, await aPerson(shop));
  await fetch(`${x}/control/posts/${post}`, { method: 'DELETE' });
  await postAll(shop);
  expect(await notedOf(shop, post)).toBe('first_contact unsaid gone');
});

test('a token that X does not take is renewed once; then the merchant has to sign in again', async () => {
  const [one, other] = [await reply(shop, await aPerson(shop)), await reply(shop, await aPerson(shop))];
  await fault('unauthorized');
  await postAll(shop);
  await expectAnswers(shop, one, 1);
  await expectAnswers(shop, other, 1);

  const last = await reply(shop, await aPerson(shop));
  await fault('unauthorized', { times: 2 });
  await postAll(shop);
  expect(await findAccount(db, SHOP)).toMatchObject({ tokens: null });
  expect(await notedOf(shop, last)).toBe('first_contact pending');
  await signIn(shop);
  await passTime(shop, 2);
  await postAll(shop);
  await expectAnswers(shop, last, 1);
});

test.each(['no_credits', 'forbidden'])(
  'X answers %s: nothing is posted until the operator says so',
  async (answer) => {
    const [one, other] = [await reply(shop, await aPerson(shop)), await reply(shop, await aPerson(shop))];
    await fault(answer);
    await postAll(shop);
    expect(await accountsToPost(db)).toEqual([]);
    expect((await publicState(db)).stopped_why).toMatch(/CreditsDepleted|Client Forbidden/);
    await passTime(shop, 60);
    await postAll(shop);
    await expectAnswers(shop, one, 0);
    await resumePosting(db);
    await postAll(shop);
    await expectAnswers(shop, one, 1);
    await expectAnswers(shop, other, 1);
  },
);

test('what has waited for a day is not said any more', async () => {
  const post = await reply(shop, await aPerson(shop));
  await sql`update public_replies set written_at = now() - interval '25 hours' where post_id = ${post}`.execute(
    db,
  );
  await endLatePublicReplies(db);
  expect(await notedOf(shop, post)).toBe('first_contact unsaid too_late');
});

test('ten thousand replies: what is said in public names nothing, and leads nowhere', async () => {
  const { file } = await readCatalogFile(CAMPAIGN);
  await changeCatalog(shop, (merchant) => {
    merchant.acknowledge = 'all';
  });
  const words = new Set(
    (file?.merchants ?? []).flatMap(({ products }) =>
      products.flatMap((product) => [
        product.sku,
        product.title,
        ...(product.price === undefined ? [] : [product.price]),
        ...product.words,
        ...product.options.flatMap(({ name, values }) => [
          name,
          ...values.flatMap(({ value, words: own }) => [value, ...own]),
        ]),
      ]),
    ),
  );
  const texts = Object.values(en.public).flatMap((some) =>
    some.map((text) => (typeof text === 'string' ? text : text('ADDRESS'))),
  );
  for (const text of texts) expect(text).not.toMatch(/https?:|www\.|[\p{L}]\.[\p{L}]|[#$€£\d]/u);
  const said = new Set<string>();
  const wanted = ['', '2 ', 'red L ', 'taza ', 'x99 ', 'hoodie XL '];
  const posts = [POST.mug, POST.tee, POST.mugAndTee, POST.lamp, POST.ebook];
  const people = await Promise.all(
    Array.from({ length: 160 }, (_, n) => (n % 4 ? aPerson(shop) : aLinked())),
  );
  const replies = people.flatMap((author, n) =>
    Array.from({ length: 63 }, (_, m) =>
      aReply({
        author,
        to: posts[(n + m) % posts.length],
        text: `${wanted[m % wanted.length]}#AddToCart`,
        mentions: [{ id: SHOP, username: 'shop' }],
      }),
    ),
  );
  await deliver(context, ...replies);
  const x = recordingX(context.x, said);
  while (await postPublicReply({ ...context, config: { ...config, X_DAILY_BUDGET_USD: 1000 }, x }, SHOP));
  const rows = await db
    .selectFrom('public_replies')
    .select('post_id')
    .where('status', '=', 'posted')
    .execute();
  expect(replies.length).toBeGreaterThan(10_000);
  expect(rows.length).toBeGreaterThan(2000);
  expect(said.size).toBeGreaterThan(10);
  for (const text of said) {
    expect(text).not.toMatch(/https?:/);
    const own = new Set(text.toLowerCase().split(/[^\p{L}\p{N}-]+/u));
    for (const word of words)
      expect(
        word.includes(' ') ? text.toLowerCase().includes(word.toLowerCase()) : own.has(word.toLowerCase()),
      ).toBe(false);
  }
}, 180_000);

/** X that takes every post, and remembers what it says: the stand-in has limits, as X does. */
function recordingX(client: XClient, said: Set<string>): XClient {
  let id = 0;
  const account: XAccount = {
    get: () => Promise.reject(new Error('nothing is to be looked up')),
    async post(_, body) {
      said.add((body as { text: string }).text);
      return { answer: { data: { id: String(++id) } }, used_up_until: undefined };
    },
  };
  return { ...client, as: () => account };
}

test('a hundred posts in a quarter of an hour: the account rests when X says so', async () => {
  const posts = [];
  for (let n = 0; n < 101; n += 1) posts.push(await reply(shop, await aPerson(shop)));
  await passTime(shop, 15);
  await postAll(shop);
  const noted = await Promise.all(posts.map((post) => notedOf(shop, post)));
  expect(noted.filter((each) => each === 'first_contact posted')).toHaveLength(100);
  expect(await accountsToPost(db)).toEqual([]);
  await passTime(shop, 16);
  await postAll(shop);
  expect(await notedOf(shop, posts.at(-1) as string)).toBe('first_contact posted');
});

test('newcomers whom nobody could tell are counted, by reason', async () => {
  await sql`truncate outcomes, public_replies`.execute(db);
  const far = await reply(shop, await aPerson(shop), { mentions: [] });
  await reply(shop, await aPerson(shop));
  await postAll(shop);
  await changeCatalog(shop, (merchant) => {
    merchant.first_contact = 'none';
  });
  const silent = await reply(shop, await aPerson(shop));
  expect(await neverTold(db, 7)).toEqual([
    { merchant_id: 'shop', why: 'none', shoppers: 1, post_ids: [silent] },
    { merchant_id: 'shop', why: 'not_summoned', shoppers: 1, post_ids: [far] },
  ]);
  await sql`update merchant_accounts set tokens = null`.execute(db);
  await changeCatalog(shop, () => {});
  const pat = await aPerson(shop);
  const posts = [await reply(shop, pat), await reply(shop, pat)];
  expect((await neverTold(db, 7)).filter(({ post_ids }) => post_ids.includes(posts[0] as string))).toEqual([
    { merchant_id: 'shop', why: 'not_signed_in', shoppers: 2, post_ids: [silent, ...posts] },
  ]);
});

test('the workers post what is to be posted; staff see who was never told', async () => {
  await signIn(shop);
  const pat = await aPerson(shop);
  const post = await reply(shop, pat);
  const far = await reply(shop, await aPerson(shop), { mentions: [] });
  const stopping = new AbortController();
  const working = work(context, stopping.signal, ['post-replies']);
  await eventually(async () => {
    expect(await notedOf(shop, post)).toBe('first_contact posted');
    expect(await notedOf(shop, far)).toBe('first_contact unsaid not_summoned');
  });
  stopping.abort();
  await working;
  await expectAnswers(shop, post, 1);

  const token = await inviteStaff(context, 'kim@shop.example', 'agent', 'test');
  const kim = await shop.visitor().open(`${config.PUBLIC_URL}/support/welcome/${token}`);
  await kim.submit(token, { password: 'a long enough sentence' });
  expect(kim.text).toContain('Never told');
  expect(kim.html).toContain(`/support/replies/${far}`);
  expect(kim.html).not.toContain(`/support/replies/${post}`);
}, 30_000);
