import { type Delivery, deliver } from './delivery.ts';
import type { WrittenPost } from './meaning.ts';
import { type BenchMerchant, type BenchProduct, merchants } from './merchants.ts';
import { writeNoise } from './noise.ts';
import { writeOrder } from './order.ts';
import { makeRandom, type Random } from './random.ts';
import { linkedShoppers, type Shopper, unlinkedShoppers } from './shoppers.ts';
import { postIdAt } from './snowflake.ts';

export interface Workload {
  /** Every post once, by its id. */
  posts: Map<string, WrittenPost>;
  delivery: Delivery;
}

const NOISE = 0.3;
const UNLINKED = 0.03;
/** Some have just replied to something, and most of those to the same product. */
const AGAIN = 0.2;
const SAME_PRODUCT = 0.5;
const RECENT = 3_000;
/** Some look at everything a merchant has, the others at what can simply be had. */
const SPECIAL = 0.3;
/** Nobody says more than this of one product. */
const MOST_OF_ONE = 7;

interface Choice {
  shopper: Shopper;
  merchant: BenchMerchant;
  product: BenchProduct;
}

/** Writes posts in the order of their ids, and says in which order they are delivered. */
export function writeWorkload(count: number, seed: number): Workload {
  const random = makeRandom(seed);
  const choose = chooser(random);
  const posts = Array.from({ length: count }, (_, n) => {
    const id = postIdAt(n);
    return random.happens(NOISE)
      ? writeNoise(random, id, anyShopper(random))
      : writeOrder(random, { id, ...choose() });
  });
  return { posts: new Map(posts.map((post) => [post.id, post])), delivery: deliver(posts, random) };
}

function chooser(random: Random): () => Choice {
  const recent: Choice[] = [];
  const counts = new Map<string, number>();
  let n = 0;
  return () => {
    for (;;) {
      const choice = draw();
      const key = `${choice.shopper.id} ${choice.merchant.id} ${choice.product.sku}`;
      const count = (counts.get(key) ?? 0) + 1;
      if (count > MOST_OF_ONE) continue;
      counts.set(key, count);
      recent[n++ % RECENT] = choice;
      return choice;
    }
  };

  function draw(): Choice {
    const merchant = random.pick(merchants);
    const product = anyProduct(random, merchant);
    if (recent.length === 0 || !random.happens(AGAIN))
      return { shopper: anyShopper(random), merchant, product };
    const before = random.pick(recent);
    return random.happens(SAME_PRODUCT)
      ? before
      : { ...before, product: anyProduct(random, before.merchant) };
  }
}

const anyProduct = (random: Random, { products }: BenchMerchant): BenchProduct =>
  random.pick(
    random.happens(SPECIAL)
      ? products
      : products.filter(({ role }) => role === 'plain' || role === 'counted'),
  );

const anyShopper = (random: Random): Shopper =>
  random.pick(random.happens(UNLINKED) ? unlinkedShoppers : linkedShoppers);
