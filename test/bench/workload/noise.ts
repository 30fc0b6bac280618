import { chatter } from './chatter.ts';
import type { Meaning } from './meaning.ts';
import { type BenchMerchant, merchants } from './merchants.ts';
import { type PostGiven, postLine } from './post-line.ts';
import type { Random } from './random.ts';
import type { Shopper } from './shoppers.ts';

/** A post that nobody has to act on, and why. */
interface Noise {
  reason: string;
  /** Set where the post can be tied to a merchant. */
  merchant: string | null;
  /** Whether its writer hears of it: the post is about a product, or was meant to be. */
  answered?: boolean;
  author?: string;
  given: Omit<PostGiven, 'id' | 'author'>;
}

const OTHER_TAGS = ['#NewMusic', '#MondayMood', '#addtocard', '#shopsmall', '#新商品', '#geschenkidee'];

const KINDS: Array<(random: Random, merchant: BenchMerchant, comment: string) => Noise> = [
  untagged,
  untagged,
  otherTag,
  retweet,
  quote,
  notAReply,
  notAProduct,
];

/** Writes one of the many posts that mention a tag or a product without ordering anything. */
export function writeNoise(random: Random, id: string, shopper: Shopper) {
  const merchant = random.pick(merchants);
  // The merchant answers below its own post, now and then.
  const kind = random.happens(0.02) ? ownPost : random.pick(KINDS);
  const {
    reason,
    answered = false,
    author = shopper.id,
    ...noise
  } = kind(random, merchant, `${BigInt(id) - 77_777n}`);
  const optedOut = answered && shopper.optedOut && author === shopper.id;
  const meaning: Meaning = {
    kind: 'ending',
    outcome: 'ignored',
    reason: optedOut ? 'opted_out' : reason,
    merchant: optedOut ? null : noise.merchant,
  };
  const told = answered && author === shopper.id && shopper.linked && !shopper.optedOut;
  return { id, author, meaning, told, line: postLine(random, { id, author, ...noise.given }) };
}

/** "@handle words #Tag words" */
export function addressed(random: Random, merchant: BenchMerchant, middle: string) {
  const { lang, before, after } = chatter(random);
  const text = [`@${merchant.handle}`, before, middle, after].filter(Boolean).join(' ');
  return { lang, text, to: { userId: merchant.userId, handle: merchant.handle } };
}

/** Below a product post, or below somebody's comment on it. */
export function below(
  random: Random,
  post: string,
  comment: string,
): Pick<PostGiven, 'refersTo' | 'conversation'> {
  return { refersTo: { type: 'replied_to', id: random.happens(0.2) ? comment : post }, conversation: post };
}

const anyPost = (random: Random, merchant: BenchMerchant): string => random.pick(merchant.products).post;

function untagged(random: Random, merchant: BenchMerchant, comment: string): Noise {
  const given = { ...addressed(random, merchant, ''), ...below(random, anyPost(random, merchant), comment) };
  return { reason: 'no_trigger', merchant: null, given };
}

function otherTag(random: Random, merchant: BenchMerchant, comment: string): Noise {
  const given = {
    ...addressed(random, merchant, random.pick(OTHER_TAGS)),
    ...below(random, anyPost(random, merchant), comment),
  };
  return { reason: 'no_trigger', merchant: null, given };
}

function retweet(random: Random, merchant: BenchMerchant): Noise {
  const { lang, text } = addressed(random, merchant, '#AddToCart x2');
  return {
    reason: 'retweet',
    merchant: null,
    given: { lang, text: `RT ${text}`, refersTo: { type: 'retweeted', id: anyPost(random, merchant) } },
  };
}

function quote(random: Random, merchant: BenchMerchant): Noise {
  const { lang, before } = chatter(random);
  const refersTo = { type: 'quoted' as const, id: anyPost(random, merchant) };
  return {
    reason: 'quote',
    merchant: merchant.id,
    answered: true,
    given: { lang, text: `${before} #AddToCart`.trim(), refersTo },
  };
}

function notAReply(random: Random): Noise {
  const { lang, before, after } = chatter(random);
  return {
    reason: 'not_a_reply',
    merchant: null,
    given: { lang, text: `${before} #AddToCart ${after}`.trim() },
  };
}

function notAProduct(random: Random, merchant: BenchMerchant, comment: string): Noise {
  const given = {
    ...addressed(random, merchant, '#AddToCart'),
    refersTo: { type: 'replied_to' as const, id: comment },
    conversation: comment,
  };
  return { reason: 'not_a_product', merchant: merchant.id, answered: true, given };
}

function ownPost(random: Random, merchant: BenchMerchant, comment: string): Noise {
  const given = {
    ...addressed(random, merchant, '#AddToCart'),
    ...below(random, anyPost(random, merchant), comment),
  };
  return { reason: 'merchant_self', merchant: merchant.id, answered: true, author: merchant.userId, given };
}
