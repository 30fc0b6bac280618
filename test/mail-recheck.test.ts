import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { stopWaiting } from '../src/actions/stop-waiting.ts';
import { unsubscribePath } from '../src/actions/unsubscribe.ts';
import { readCase } from '../src/db/support-case.ts';
import { entryText } from '../src/views/support-texts.ts';
import { readReplies } from '../workers/read-replies.ts';
import { sendMails } from '../workers/send-mails.ts';
import { aReply, POST } from './harness/builders.ts';
import { aCart, aLink, type Held } from './harness/carts.ts';
import { endsOf, mailsTo, sendAll } from './harness/mails.ts';
import { pays } from './harness/paying.ts';
import { aShopper, deliver, outcomeOf, store } from './harness/replies.ts';
import { aShop } from './harness/shop.ts';
import { setStock } from './harness/stock.ts';

const shop = await aShop();
const { context, control } = shop;
const { db, config } = context;

let addresses = 0;
const anAddress = (): string => `re${++addresses}@mail.example`;
const onPage = async ({ path }: Pick<Held, 'path'>) => shop.visitor().open(`${config.PUBLIC_URL}${path}`);
/** What was mailed to an address, in the end. */
async function told(email: string) {
  await sendAll(context);
  return mailsTo(shop, email);
}

test.each([
  ['unsubscribed', 'unsubscribed'],
  ['opted_out', 'opted_out'],
])('who has %s since gets nothing, and staff see why', async (what, reason) => {
  const email = anAddress();
  const { shopper_id } = await aCart(shop, [{}], email);
  await sql`update shoppers set ${sql.ref(`${what}_at`)} = now() where x_user_id = ${shopper_id}`.execute(db);
  expect(await told(email)).toEqual([]);
  expect(await endsOf(context, shopper_id)).toEqual([`update skipped: ${reason}`]);
  const found = await readCase(db, shopper_id);
  const [mail] = (found?.entries ?? []).filter(({ kind }) => kind === 'mail');
  expect(mail && entryText(mail)).toMatch(new RegExp(`skipped. ${reason}: they `));
});

test('a cart that was paid since is no news; what was not paid is', async () => {
  const [all, part] = [anAddress(), anAddress()];
  const paid = await aCart(shop, [{ to: POST.ebook }], all);
  await pays(shop, paid);
  expect((await told(all)).map(({ subject }) => subject)).toEqual([
    expect.stringContaining('Receipt for order'),
    expect.stringContaining('Here is what you bought'),
  ]);
  expect((await endsOf(context, paid.shopper_id))[0]).toBe('update skipped: nothing_to_say');

  const held = await aCart(shop, [{ to: POST.ebook }], part);
  await pays(shop, held);
  await deliver(context, aReply({ author: held.shopper_id, to: POST.sticker }));
  const update = (await told(part)).find(({ subject }) => subject.includes('In your cart'));
  expect(update?.subject).toBe('[TEST] In your cart: Sticker (Acme Stoneware)');
  expect(update?.text).not.toContain('e-book');
});

test('what the shopper has changed on the page since is told as it is now, and what they removed is not told', async () => {
  const email = anAddress();
  const held = await aCart(shop, [{ text: '#AddToCart x2' }, { to: POST.sticker }], email);
  await (await onPage(held)).submit('/items', { sku: 'MUG', quantity: '4' });
  await (await onPage(held)).submit('/items', { sku: 'STICKER', quantity: '0' });
  const [mail] = await told(email);
  expect(mail?.text).toContain('You have 4 × Stoneware mug in your cart now.');
  expect(mail?.text).not.toMatch(/Added|Sticker/);

  const other = anAddress();
  const removed = await aCart(shop, [{}], other);
  await (await onPage(removed)).submit('/items', { sku: 'MUG', quantity: '0' });
  expect(await told(other)).toEqual([]);
  expect(await endsOf(context, removed.shopper_id)).toEqual(['update skipped: nothing_to_say']);
});

test('what is sold out or closed since is not sold: no price, not in the total, and no button that pays', async () => {
  const email = anAddress();
  await setStock(context, 'STICKER', 5, 'first_paid');
  await aCart(shop, [{}, { to: POST.sticker, text: '#AddToCart x2' }], email);
  await setStock(context, 'STICKER', 0, 'first_paid');
  const [mail] = await told(email);
  expect(mail?.text).toContain('2 × Sticker: sold out');
  expect(mail?.text).toContain('Total: $22.90'); // the mug, and its shipping
  expect(mail?.text).toContain('See the cart\n');
  for (const text of [mail?.text, mail?.html])
    expect(text).not.toMatch(/See the cart and pay|\$5\.00|\$2\.50/);

  const other = anAddress();
  await setStock(context, 'STICKER', 5, 'first_paid');
  await aCart(shop, [{ to: POST.sticker }], other);
  await db.updateTable('products').set({ paused: true }).where('sku', '=', 'STICKER').execute();
  const [closed] = await told(other);
  await db.updateTable('products').set({ paused: false }).where('sku', '=', 'STICKER').execute();
  expect(closed?.subject).toBe('[TEST] In your cart, but not to be had now: Sticker (Acme Stoneware)');
  expect(closed?.text).toContain('1 × Sticker: not for sale at the moment');
});

test('a question that was answered on the page, and a place in line that was left there, are not told', async () => {
  const email = anAddress();
  const held = await aCart(shop, [{ to: POST.tee }], email);
  await (await onPage(held)).open(`${config.PUBLIC_URL}${held.path}/items`, {
    method: 'POST',
    body: new URLSearchParams({ sku: 'TEE-RED-M', quantity: '1' }),
    headers: { origin: config.PUBLIC_URL },
  });
  expect(await told(email)).toEqual([]);
  expect(await endsOf(context, held.shopper_id)).toEqual(['update skipped: nothing_to_say']);

  const [waiting, left] = [anAddress(), anAddress()];
  await setStock(context, 'STICKER', 0);
  const stays = await aShopper(context, waiting);
  await deliver(context, aReply({ author: stays, to: POST.sticker }));
  const leaves = await aCart(shop, [{}, { to: POST.sticker }], left);
  await stopWaiting(context, leaves.cart_id, 'STICKER');
  expect((await told(waiting))[0]?.subject).toBe('[TEST] On the waiting list: Sticker (Acme Stoneware)');
  expect((await told(left))[0]?.text).not.toContain('Sticker');
});

test('a mail that may have arrived is not repeated once its cart is paid', async () => {
  const email = anAddress();
  const held = await aCart(shop, [{ to: POST.ebook }], email);
  await sendAll(context);
  // As a process leaves it that dies before it has noted what the mail server said.
  await sql`update mails set status = 'sending', claimed_at = now() - interval '5 minutes'
    where shopper_id = ${held.shopper_id}`.execute(db);
  await pays(shop, held);
  const rows = await db.selectFrom('mails').select('id').where('shopper_id', '=', held.shopper_id).execute();
  await sendMails(context, { mail_ids: rows.map(({ id }) => id) });
  expect(await endsOf(context, held.shopper_id)).toEqual([
    'update skipped: cart_paid',
    'receipt sent',
    'delivery sent',
  ]);
  expect((await mailsTo(shop, email)).filter(({ subject }) => subject.includes('In your cart'))).toHaveLength(
    1,
  );
});

test('the same mail has the same id; one that tells of another cart has another', async () => {
  const email = anAddress();
  const author = await aShopper(context, email);
  const cut = () => control(shop.mailbox, '/faults', { times: 1, answer: 'cut', to: email });
  await deliver(context, aReply({ author }));
  await cut();
  await sendAll(context);
  await cut();
  await sendAll(context);
  await deliver(context, aReply({ author, text: '#AddToCart x3' }));
  await sendAll(context);
  const [third, second, first] = await mailsTo(shop, email);
  expect(second?.message_id).toBe(first?.message_id);
  expect(second?.text).toBe(first?.text);
  expect(third?.message_id).not.toBe(first?.message_id);
  expect(third?.text).toContain('3 × Stoneware mug: $54.00');
});

test.each<[string, object, string]>([
  ['added', {}, 'Added: 1 × Stoneware mug.'],
  ['set', { before: '#AddToCart', text: '#AddToCart x3' }, 'You have 3 × Stoneware mug in your cart now.'],
  ['removed', { before: '#AddToCart', text: '#RemoveFromCart' }, 'Removed: 1 × Stoneware mug.'],
  ['unchanged: already_in_cart', { before: '#AddToCart' }, 'is in your cart already'],
  ['unchanged: not_in_cart', { text: '#RemoveFromCart' }, 'was not in your cart'],
  ['waitlisted', { to: POST.tee, text: '#AddToCart red XL' }, 'You are on the waiting list'],
  ['asked: which_product', { to: POST.mugAndTee }, 'Which one do you want: Stoneware mug or Logo T-shirt?'],
  ['asked: missing_option', { to: POST.tee }, 'comes in more than one color and size'],
  ['asked: unknown_option', { to: POST.tee, text: '#AddToCart red 2XL' }, 'does not come in'],
  ['asked: conflicting_option', { to: POST.tee, text: '#AddToCart red blue M' }, 'more than one of a kind'],
  ['asked: conflicting_quantity', { text: '#AddToCart x2 x3' }, 'more than one number'],
  ['asked: conflicting_tags', { text: '#AddToCart #RemoveFromCart' }, 'contradict each other'],
  ['refused: over_limit', { text: '#AddToCart x99' }, 'at most 6 for each shopper'],
  ['refused: invalid_quantity', { text: '#AddToCart x0' }, 'could not take the number'],
  ['refused: paused', { to: POST.lamp }, 'not for sale at the moment'],
  ['refused: ended', { to: POST.poster }, 'not for sale any more'],
  ['refused: not_started', { to: POST.cap }, 'not for sale yet'],
  ['helped', { text: 'How does #AddToCart work?' }, 'You asked how it works.'],
  ['ignored: negated', { text: 'do not #AddToCart this' }, 'nothing was added'],
  ['ignored: quote', { to: null, quotes: POST.mug }, 'You quoted the post.'],
  ['ignored: not_a_product', { to: '2080000000000000001' }, 'not one that sells something here'],
])('a linked shopper hears of "%s" by mail', async (outcome, given, text) => {
  const { before, ...reply } = given as { before?: string };
  const email = anAddress();
  const author = await aShopper(context, email);
  if (before) await deliver(context, aReply({ author, text: before }));
  const delivered = aReply({ author, ...reply });
  await deliver(context, delivered);
  expect(await outcomeOf(context, delivered)).toBe(outcome);
  const [mail] = await told(email);
  expect(mail?.text).toContain(text);
});

test('a linked shopper hears of a reply that failed; of a stop tag nobody is told', async () => {
  const [email, quiet] = [anAddress(), anAddress()];
  const reply = aReply({ author: await aShopper(context, email) });
  await sql
    .raw(`create function refuse_this() returns trigger language plpgsql as $$ begin
        if new.post_id = ${reply.data.id} and new.outcome <> 'failed' then raise exception 'poison' using errcode = '22023'; end if;
        return new;
      end $$;
      create trigger refuse_this before insert on outcomes for each row execute function refuse_this()`)
    .execute(db);
  await readReplies(context, { post_ids: await store(context, reply) });
  expect(await outcomeOf(context, reply)).toBe('failed');
  expect((await told(email))[0]?.text).toContain('Something went wrong on our side');

  const stops = await aShopper(context, quiet);
  await deliver(context, aReply({ author: stops, text: '#AddToCart stop' }));
  expect(await told(quiet)).toEqual([]);
  expect(await endsOf(context, stops)).toEqual([]);
});

test('the cart page tells who has unsubscribed that no mail comes, and leads to where that is changed', async () => {
  const { cart_id, shopper_id } = await aCart(shop);
  const path = await aLink(shop, cart_id);
  expect((await onPage({ path })).text).toContain('none between 21:00 and 9:00 by the merchant’s clock');
  await sql`update shoppers set unsubscribed_at = now() where x_user_id = ${shopper_id}`.execute(db);
  const page = await onPage({ path });
  expect(page.text).toContain('You get no mail about this cart');
  expect(page.html).toContain(unsubscribePath(context.keys, shopper_id));
});
