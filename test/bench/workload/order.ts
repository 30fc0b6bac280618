import type { Ending, Meaning, Wish, WrittenPost } from './meaning.ts';
import type { BenchMerchant, BenchProduct } from './merchants.ts';
import { addressed, below } from './noise.ts';
import { postLine } from './post-line.ts';
import type { Random } from './random.ts';
import type { Shopper } from './shoppers.ts';

/** What a shopper says of a product. */
export interface OrderGiven {
  id: string;
  shopper: Shopper;
  merchant: BenchMerchant;
  product: BenchProduct;
}

/** The ways to say a number that can be read only as a quantity. */
const QUANTITIES = [
  (n: number) => `x${n}`,
  (n: number) => `×${n}`,
  (n: number) => `${n}x`,
  (n: number) => `qty ${n}`,
  (n: number) => `(${n})`,
  (n: number) => `${n} please`,
];

/** Writes a reply that asks for something, most often a number of one product. */
export function writeOrder(random: Random, given: OrderGiven): WrittenPost {
  const { id, shopper, merchant, product } = given;
  const offered =
    merchant.products.slice(0, 2).includes(product) && random.happens(0.15)
      ? merchant.pairPost
      : product.post;
  const unnamed = offered === merchant.pairPost && random.happens(0.2);
  const { words, wish, ending } = unnamed
    ? { words: tag(random, merchant.addTags), ...asked }
    : say(random, merchant, product);
  const middle = offered === merchant.pairPost && !unnamed ? `${words} the ${product.word}` : words;
  const comment = `${BigInt(id) - 55_555n}`;
  const line = postLine(random, {
    id,
    author: shopper.id,
    ...addressed(random, merchant, middle),
    ...below(random, offered, comment),
  });
  const meaning = mean(given, endingOf(product, ending, wish), wish);
  const told = shopper.linked && !shopper.optedOut;
  return { id, author: shopper.id, meaning, told, line };
}

interface Said {
  words: string;
  wish?: Wish;
  ending?: Ending;
}

const asked = { wish: undefined, ending: { outcome: 'asked', reason: 'which_product' } };

function say(random: Random, { addTags, removeTags }: BenchMerchant, { role }: BenchProduct): Said {
  const chance = random.next();
  const add = tag(random, addTags);
  if (chance < 0.48) {
    const quantity = 1 + random.below(5);
    const number = random.pick(QUANTITIES)(quantity);
    return { words: `${add} ${number}`, wish: { kind: 'add', quantity } };
  }
  if (chance < 0.84) return { words: add, wish: { kind: 'add' } };
  // Nobody has a variant that could be removed: which one is asked for, and nobody says.
  if (chance < 0.94)
    return role === 'options'
      ? { words: add, wish: { kind: 'add' } }
      : { words: tag(random, removeTags), wish: { kind: 'remove' } };
  if (chance < 0.96) return { words: `${add} x25`, wish: { kind: 'add', quantity: 25 } };
  if (chance < 0.97)
    return { words: `${add} x0`, ending: { outcome: 'refused', reason: 'invalid_quantity' } };
  if (chance < 0.98)
    return {
      words: `${add} x2 or rather qty 3`,
      ending: { outcome: 'asked', reason: 'conflicting_quantity' },
    };
  if (chance < 0.99)
    return {
      words: `${add} ${tag(random, removeTags)}`,
      ending: { outcome: 'asked', reason: 'conflicting_tags' },
    };
  return { words: `please don't ${add}`, ending: { outcome: 'ignored', reason: 'negated' } };
}

/** Case does not matter: some write tags in small letters, or in capitals. */
function tag(random: Random, among: string[]): string {
  const exact = random.pick(among);
  return random.happens(0.7) ? exact : random.happens(0.5) ? exact.toLowerCase() : exact.toUpperCase();
}

/** These are seen before anybody looks at the product; an odd quantity only after that. */
const SEEN_FIRST = ['which_product', 'negated', 'conflicting_tags'];

function endingOf(
  { role }: BenchProduct,
  said: Ending | undefined,
  wish: Wish | undefined,
): Ending | undefined {
  if (said?.reason && SEEN_FIRST.includes(said.reason)) return said;
  if (role === 'options') return { outcome: 'asked', reason: 'missing_option' };
  if (role === 'paused' && wish?.kind !== 'remove') return { outcome: 'refused', reason: 'paused' };
  return said;
}

function mean(
  { shopper, merchant, product }: OrderGiven,
  ending: Ending | undefined,
  wish: Wish | undefined,
): Meaning {
  if (shopper.optedOut) return { kind: 'ending', outcome: 'ignored', reason: 'opted_out', merchant: null };
  if (ending) return { kind: 'ending', ...ending, merchant: merchant.id };
  return { kind: 'wish', merchant: merchant.id, sku: product.sku, wish: wish as Wish };
}
