import { POST } from '../harness/builders.ts';
import type { Visitor } from '../harness/visitor.ts';
import { atStripe, checkOut, insist, press, sessionOf, signedIn } from './browse.ts';
import { pay, payOnce } from './paying.ts';
import type { Shopper } from './shopper.ts';
import type { World } from './world.ts';

/** What shoppers do who have signed in: keep a card and pay with it, buy by a reply, give on a page. */

const AT_HOME = {
  ...{ name: 'Sam Shopper', line1: '7 Test Lane', line2: '', city: 'Portland' },
  ...{ state: 'OR', postal_code: '97202', country: 'US' },
};

/** One more time their kept card may be charged. */
function mayBeCharged({ mayCharge }: World, shopper_id: string): void {
  mayCharge.set(shopper_id, (mayCharge.get(shopper_id) ?? 0) + 1);
}

/** Keeps the card with the first payment, and pays the next cart by one press; sometimes in two browsers at once. */
export async function keepTheirCard(shopper: Shopper): Promise<void> {
  const { world, random, shopper_id, link, reply } = shopper;
  const visitor = await signedIn(world, shopper_id);
  const session = await checkOut(link, visitor);
  if (!session || !(await pay(shopper, session, 'ok', true))) return;
  world.count('cards kept');
  await reply(
    ...random.pick<[string, string]>([
      [POST.mug, '#AddToCart x2'],
      [POST.tee, '#AddToCart blue S'],
    ]),
  );
  const next = await shopper.withNextCart();
  if (!next) return;
  const browsers = [visitor, ...(random.happens(0.25) ? [await signedIn(world, shopper_id)] : [])];
  await press(visitor, `${world.service.url}/me/address`, '/me/address', AT_HOME);
  mayBeCharged(world, shopper_id);
  const pressed = await Promise.all(browsers.map((browser) => press(browser, next.link, '/pay-card')));
  if (pressed.includes(true)) return world.count('presses that charge a kept card');
  // The news of their card was lost, or what is in the cart cannot be bought.
  await payOnce(next);
}

const CARDS = ['ok', 'ok', 'ok', 'ok', 'asks_once', 'declines_later', 'authentication_required'] as const;

/** Agrees on our page that replies buy, with a card that Stripe keeps for that. */
async function enrol({ world, random, shopper_id }: Shopper): Promise<Visitor> {
  const visitor = await signedIn(world, shopper_id);
  const page = `${world.service.url}/buy-now/shop`;
  await press(visitor, page, '/buy-now/shop/card');
  const session = sessionOf(visitor);
  const card = random.pick(CARDS);
  await atStripe(world, `/sessions/${session}/pay`, { card });
  if (card === 'asks_once' || card === 'authentication_required')
    await atStripe(world, `/sessions/${session}/authenticate`, { result: 'complete' });
  await insist(async () => {
    const kept = /value="(pm_\w+)"/.exec((await visitor.open(`${page}?kept=1`)).html)?.[1];
    if (!kept) throw new Error('the card is not here yet');
    const limits = { per_order: '300', per_day: '500', agree: 'yes' };
    await visitor.submit('/buy-now/shop', { ...AT_HOME, ...limits, card: kept });
    if (!visitor.text.includes('up to $300.00')) throw new Error(`not enrolled: ${visitor.text}`);
  });
  world.count('shoppers who let replies buy');
  return visitor;
}

const BUYS = [
  [POST.mug, '#BuyNow'],
  [POST.mug, '#BuyNow x2'],
  [POST.tee, '#BuyNow blue L'],
  [POST.ebook, '#BuyNow'],
  [POST.sticker, '#BuyNow'],
] as const;

/** Replies that buy at once, sometimes the same twice; what is asked about is confirmed, or not; what is announced is undone, or not. */
export async function buyByReply(shopper: Shopper): Promise<void> {
  const { world, random, shopper_id, reply } = shopper;
  const visitor = await enrol(shopper);
  const first = random.pick(BUYS);
  const buys = [
    first,
    ...(random.happens(0.4) ? [first] : []),
    ...(random.happens(0.25) ? [random.pick(BUYS)] : []),
  ];
  for (const [to, text] of buys) {
    mayBeCharged(world, shopper_id);
    world.count('replies that buy');
    await decide(shopper, visitor, await reply(to, text));
  }
}

/** What they do about a reply that is to buy. */
async function decide(shopper: Shopper, visitor: Visitor, post: string): Promise<void> {
  const { world, random, link, reply } = shopper;
  const page = `${link}/buying/${post}`;
  const chance = random.next();
  await new Promise((resolve) => setTimeout(resolve, random.below(2_000)));
  if (chance < 0.3) {
    await press(visitor, page, '/undo');
    if (!visitor.text.includes('Undone at')) return;
    world.count('replies undone on a page');
    world.told.undone.add(post);
  } else if (chance < 0.4) await reply(POST.mug, '#RemoveFromCart');
  else if (chance < 0.5) {
    const next = await shopper.withNextCart();
    if (next) await payOnce(next);
  } else if (await press(visitor, page, '/confirm')) world.count('replies confirmed on a page');
}

/** On the page of what gifts are for. */
export async function giveOnAPage(shopper: Shopper): Promise<void> {
  const { world, random, shopper_id } = shopper;
  const visitor = await signedIn(world, shopper_id);
  const amount = random.pick(['5', '25', '40.50', '501']);
  const path = '/p/shop/FUND';
  world.count('gifts on a page');
  await press(visitor, `${world.service.url}${path}`, path, { amount, way: random.pick(['cart', 'buy']) });
  const session = sessionOf(visitor);
  const next = await shopper.withNextCart();
  if (session) await pay(shopper, session);
  else if (next) await payOnce(next);
}
