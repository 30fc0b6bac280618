import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { linkShopper } from '../src/actions/link-shopper.ts';
import { work } from '../workers/main.ts';
import { readReplies } from '../workers/read-replies.ts';
import { atEnd } from './harness/at-end.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart } from './harness/carts.ts';
import { eventually } from './harness/eventually.ts';
import { aShopper, cartOf, deliver, outcomeOf, store } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';

const shop = await aShop();
const { context, control } = shop;
const { db, config } = context;

test('a poison reply is found by halving, ends as failed, and holds nobody up', async () => {
  const authors = await Promise.all([...Array(64)].map(() => aShopper(context)));
  const replies = authors.map((author) => aReply({ author }));
  const poison = replies[37] as (typeof replies)[number];
  await sql
    .raw(`
    create function refuse_poison() returns trigger language plpgsql as $$ begin
      if new.post_id = ${poison.data.id} and new.outcome <> 'failed' then raise exception 'poison' using errcode = '22023'; end if;
      return new;
    end $$;
    create trigger refuse_poison before insert on outcomes for each row execute function refuse_poison()`)
    .execute(db);
  await readReplies(context, { post_ids: await store(context, ...replies) });
  expect(await Promise.all(replies.map((reply) => outcomeOf(context, reply)))).toEqual(
    replies.map((reply) => (reply === poison ? 'failed' : 'added')),
  );
  await sql.raw('drop trigger refuse_poison on outcomes').execute(db);
});

test('whatever job is lost, the sweep finds what it was for', async () => {
  // Replies that were stored by a listener that died before it had added the job.
  const author = await aShopper(context);
  const reply = aReply({ author, text: '#AddToCart x2' });
  await store(context, reply);
  await sql`update replies set received_at = now() - interval '1 minute' where post_id = ${reply.data.id}`.execute(
    db,
  );

  // A payment whose events were all lost, and a session that expired without anybody hearing of it.
  const [paying, leaving] = [await aCart(shop, [{ to: POST.ebook }]), await aCart(shop)];
  const sessions: string[] = [];
  for (const { path } of [paying, leaving]) {
    const page = await (await shop.visitor().open(`${config.PUBLIC_URL}${path}`)).submit('/checkout');
    sessions.push(/cs_test_\w+/.exec(page.url)?.[0] as string);
  }
  await control(shop.stripe, `/sessions/${sessions[0]}/pay`, {});
  await context.stripe.checkout.sessions.expire(sessions[1] as string);
  await sql`update checkouts set expires_at = now() - interval '2 minutes'`.execute(db);

  // An event that was stored by a web process that died before it had added the job.
  await sql`insert into stripe_events (id, type, object_id, livemode, payload, received_at)
    values ('evt_lost', 'checkout.session.completed', ${sessions[0]}, false, '{}', now() - interval '1 minute')`.execute(
    db,
  );

  // Somebody who linked in the very moment in which their reply was held.
  const held = aReply({ author: '6300000000000000001' });
  await deliver(context, held);
  expect(await outcomeOf(context, held)).toBe('held');
  await sql`insert into shoppers (x_user_id, username, email, linked_at) values (6300000000000000001, 'late', 'late@mail.example', now() - interval '1 minute')`.execute(
    db,
  );

  const stop = new AbortController();
  const working = work(context, stop.signal);
  atEnd(async () => stop.abort());
  await eventually(async () => {
    expect(await outcomeOf(context, reply)).toBe('added');
    expect(await outcomeOf(context, held)).toBe('added');
    const checkouts = await db
      .selectFrom('checkouts')
      .select(['session_id', 'status'])
      .orderBy('id')
      .execute();
    expect(checkouts).toEqual([
      { session_id: sessions[0], status: 'paid' },
      { session_id: sessions[1], status: 'expired' },
    ]);
    const event = await db
      .selectFrom('stripe_events')
      .select('processed_at')
      .where('id', '=', 'evt_lost')
      .executeTakeFirst();
    expect(event?.processed_at).not.toBeNull();
    const mails = await shop.mails();
    expect(mails.some((mail) => mail.to.includes('late@mail.example'))).toBe(true);
    expect(mails.some((mail) => mail.subject.includes('Receipt'))).toBe(true);
  });
  expect(await cartOf(context, author)).toEqual({ 'shop MUG': 2 });
  stop.abort();
  await working;
});

test('linking twice at once, while replies still come, gives each line once', async () => {
  const user = { id: '6300000000000000002', username: 'eager', confirmed_email: 'eager@mail.example' };
  const replies = [...Array(30)].map((_, n) =>
    aReply({ author: user.id, text: `#AddToCart x${(n % 6) + 1}` }),
  );
  const last = replies.length - 1;
  await deliver(context, ...replies.slice(0, 20));
  const consent = { version: '2026-11', locale: 'en' };
  await Promise.all([
    linkShopper(context, user, consent),
    ...replies.slice(20).map((reply) => deliver(context, reply)),
    linkShopper(context, user, consent),
  ]);
  await linkShopper(context, user, consent);
  expect(await cartOf(context, user.id)).toEqual({ 'shop MUG': (last % 6) + 1 });
  const held = await Promise.all(replies.map((reply) => outcomeOf(context, reply)));
  expect(held).not.toContain('held');
});
