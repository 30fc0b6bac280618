import { packDelivery } from './delivery.ts';
import { merchants } from './merchants.ts';
import { addressed } from './noise.ts';
import { postLine } from './post-line.ts';
import { makeRandom } from './random.ts';
import { linkedShoppers } from './shoppers.ts';
import { postIdAt } from './snowflake.ts';
import type { Workload } from './workload.ts';

/** One order from each of so many linked shoppers: each is a first cart and one mail. */
export function writeMailWorkload(count: number, seed: number): Workload {
  const random = makeRandom(seed);
  const authors = linkedShoppers.filter(({ optedOut }) => !optedOut).slice(0, count);
  const posts = authors.map((shopper, n) => {
    const merchant = random.pick(merchants);
    const product = random.pick(merchant.products.filter(({ role }) => role === 'plain'));
    const quantity = 1 + random.below(4);
    const id = postIdAt(n);
    const line = postLine(random, {
      id,
      author: shopper.id,
      ...addressed(random, merchant, `#AddToCart x${quantity}`),
      refersTo: { type: 'replied_to', id: product.post },
      conversation: product.post,
    });
    const meaning = {
      kind: 'wish' as const,
      merchant: merchant.id,
      sku: product.sku,
      wish: { kind: 'add' as const, quantity },
    };
    return { id, author: shopper.id, meaning, told: true, line };
  });
  return { posts: new Map(posts.map((post) => [post.id, post])), delivery: packDelivery(posts) };
}
