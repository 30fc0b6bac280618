import type { Random } from '../bench/workload/random.ts';
import { POST } from '../harness/builders.ts';
import { insist, setQuantity } from './browse.ts';
import { CLASS, FUND, PACK } from './catalog.ts';
import { wayOf } from './ways.ts';
import { linkTo, shopperId, type World } from './world.ts';

const WISHES = [
  { to: POST.mug, texts: ['#AddToCart', '#AddToCart x2', '#AddToCart x3', '#AddToCart one more'] },
  { to: POST.tee, texts: ['#AddToCart red M', '#AddToCart blue L x2', '#AddToCart'] },
  { to: POST.sticker, texts: ['#AddToCart', '#AddToCart x2', '#AddToCart x4'] },
  { to: PACK, texts: ['#AddToCart 2-pack', '#AddToCart 6-pack'] },
  { to: POST.ebook, texts: ['#AddToCart'] },
  { to: FUND, texts: ['#Donate 25', '#Donate 7.50', '#Donate'] },
  { to: CLASS, texts: ['#AddToCart', '#AddToCart x2'] },
];

/** Somebody on the way from a reply to what follows from it. */
export interface Shopper {
  world: World;
  shopper_id: string;
  random: Random;
  cart_id: string;
  link: string;
  /** Writes a reply and waits until it has its outcome. Returns its post id. */
  reply(to: string, text: string): Promise<string>;
  /** The cart that they have by now, in place of the first. */
  withNextCart(): Promise<Shopper | undefined>;
}

/** What one shopper does, from the first reply to the last regret. Everything that they decide is drawn from `random`. */
export async function live(world: World, n: number, random: Random): Promise<void> {
  const { service } = world;
  const [shopper_id, username] = [shopperId(n), `chaos_${n}`];
  await service.control(service.x, '/users', { id: shopper_id, username, name: username });
  const write = async (reply_to: string, text: string): Promise<string> => {
    world.count('replies');
    return (await service.control(service.x, '/posts', { author: username, text, reply_to })).id as string;
  };
  const posts: string[] = [];
  for (let replies = 1 + random.below(3); replies > 0; replies--) {
    const { to, texts } = random.pick(WISHES);
    posts.push(await write(to, random.pick(texts)));
  }
  if (random.happens(0.1)) posts.push(await write(POST.mug, '#RemoveFromCart'));
  await settled(world, posts);
  const cart_id = await openCart(world, shopper_id);
  if (cart_id === undefined) return world.count('carts that stayed empty');
  const withCart = async (id: string): Promise<Shopper> => ({
    ...{ world, shopper_id, random, cart_id: id, link: await insist(() => linkTo(world, id)) },
    async reply(to, text) {
      const post = await write(to, text);
      await settled(world, [post]);
      return post;
    },
    async withNextCart() {
      const next = await openCart(world, shopper_id);
      return next === undefined ? undefined : withCart(next);
    },
  });
  const shopper = await withCart(cart_id);
  if (random.happens(0.25)) await edit(shopper);
  const way = wayOf(random);
  try {
    await way(shopper);
  } catch (error) {
    throw new Error(`shopper ${n} gets nowhere, ${way.name}: ${String(error)}`, { cause: error });
  }
}

/** Waits until each of these replies has its outcome. */
async function settled({ service }: World, posts: string[]): Promise<void> {
  await insist(async () => {
    const outcomes = await service.db
      .selectFrom('outcomes')
      .select('post_id')
      .where('post_id', 'in', posts)
      .execute();
    if (new Set(outcomes.map(({ post_id }) => post_id)).size < posts.length)
      throw new Error(`of ${posts.length} replies ${outcomes.length} have outcomes`);
  });
}

async function openCart({ service }: World, shopper_id: string): Promise<string | undefined> {
  const cart = await insist(() =>
    service.db
      .selectFrom('carts')
      .select('id')
      .where('shopper_id', '=', shopper_id)
      .where('status', '=', 'open')
      .executeTakeFirst(),
  );
  return cart?.id;
}

/** Another number of something, on the cart page. */
async function edit({ world, random, cart_id, link }: Shopper): Promise<void> {
  const lines = await world.service.db
    .selectFrom('cart_lines')
    .select('sku')
    .where('cart_id', '=', cart_id)
    .where('quantity', '>', 0)
    .orderBy('sku')
    .execute();
  if (lines.length === 0) return;
  world.count('changes on the page');
  await setQuantity(link, random.pick(lines).sku, random.below(4));
}
