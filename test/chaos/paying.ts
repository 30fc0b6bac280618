import { POST } from '../harness/builders.ts';
import { atStripe, checkOut, insist, opened } from './browse.ts';
import type { Shopper } from './shopper.ts';

/** How shoppers pay, or do not, on Stripe's page. */

/** Whether it could be paid. */
export async function payOnce(shopper: Shopper): Promise<boolean> {
  const session = await checkOut(shopper.link);
  const paid = session !== undefined && (await pay(shopper, session));
  if (!paid) shopper.world.count('carts that could not be paid');
  return paid;
}

/** Pays a session, and looks at the page that Stripe sends them to. @param save whether Stripe shall keep the card */
export async function pay(
  { world, link }: Pick<Shopper, 'world' | 'link'>,
  session: string,
  card = 'ok',
  save = false,
): Promise<boolean> {
  if (!(await atStripe(world, `/sessions/${session}/pay`, { card, save }))) return false;
  if (card === 'ok') {
    world.count('payments');
    await opened(`${link}?session=${session}`);
  }
  return true;
}

export async function declinedFirst(shopper: Shopper): Promise<void> {
  const session = await checkOut(shopper.link);
  if (!session) return;
  shopper.world.count('declined cards');
  await pay(shopper, session, shopper.random.pick(['declined', 'insufficient_funds']));
  await pay(shopper, session);
}

export async function askedByTheirBank(shopper: Shopper): Promise<void> {
  const { world, random, link } = shopper;
  const session = await checkOut(link);
  if (!session || !(await pay(shopper, session, 'authentication_required'))) return;
  world.count('questions of banks');
  const result = random.happens(0.7) ? 'complete' : 'fail';
  if (!(await atStripe(world, `/sessions/${session}/authenticate`, { result }))) return;
  if (result === 'complete') world.count('payments');
  await opened(`${link}?session=${session}`);
}

/** The bank tells later whether there is money. */
export async function payByDebit(shopper: Shopper): Promise<void> {
  const { world, random, link } = shopper;
  const session = await checkOut(link);
  if (!session || !(await pay(shopper, session, 'bank_debit'))) return;
  world.count('bank debits');
  await opened(`${link}?session=${session}`);
  await new Promise((resolve) => setTimeout(resolve, random.below(2_000)));
  const result = random.happens(0.7) ? 'succeeded' : 'failed';
  if ((await atStripe(world, `/sessions/${session}/async`, { result })) && result === 'succeeded')
    world.count('payments');
}

/** The same cart in two tabs, and in one of them something else than in the other. */
export async function inTwoTabs(shopper: Shopper): Promise<void> {
  const { world, random, link, reply } = shopper;
  world.count('carts in two tabs');
  const first = await checkOut(link);
  if (random.happens(0.5)) await reply(POST.mug, '#AddToCart one more');
  const second = await checkOut(link);
  await Promise.all([first, second].map((session) => session && pay(shopper, session)));
}

/** The payment page is left open, the cart changes, and the old page is paid: late, if it can be paid at all. */
export async function changeTheirMind(shopper: Shopper): Promise<void> {
  const { world, random, link, reply } = shopper;
  const old = await checkOut(link);
  await reply(random.pick([POST.mug, POST.ebook]), '#AddToCart');
  const next = random.happens(0.5) ? await checkOut(link) : undefined;
  if (old && (await pay(shopper, old))) return world.count('late payments');
  if (next) await pay(shopper, next);
}

/** Two pages for one cart that both can be paid: as when nobody could close the one, because Stripe was away. */
export async function payTwice(shopper: Shopper): Promise<void> {
  const { world, link } = shopper;
  const first = await checkOut(link);
  if (!first) return;
  await insist(() =>
    world.service.db
      .updateTable('checkouts')
      .set({ status: 'expired' })
      .where('session_id', '=', first)
      .where('status', '=', 'open')
      .execute(),
  );
  const second = await checkOut(link);
  if (!second || second === first) return;
  world.count('carts paid twice');
  await Promise.all([pay(shopper, first), pay(shopper, second)]);
}

/** Half of them have opened Stripe's page by then. */
export async function leave({ world, random, link }: Shopper): Promise<void> {
  world.count('shoppers who left');
  if (random.happens(0.5)) await checkOut(link);
}
