import type { WrittenPost } from './meaning.ts';
import type { Random } from './random.ts';

/** Posts as they come over the wire, some of them late and some twice. */
export interface Delivery {
  /** The post of each message. */
  ids: string[];
  /** All messages, one after the other, each with its end. */
  bytes: Buffer;
  /** Where each message begins in `bytes`; one more number for the end of the last. */
  starts: Float64Array;
}

const LATE = 0.08;
const TWICE = 0.02;
/** By how many messages a late or a second one comes later. */
const FURTHEST = 3_000;

export function deliver(posts: WrittenPost[], random: Random): Delivery {
  const messages: Array<{ post: WrittenPost; at: number }> = [];
  posts.forEach((post, n) => {
    messages.push({ post, at: random.happens(LATE) ? n + random.next() * FURTHEST : n });
    if (random.happens(TWICE)) messages.push({ post, at: n + random.next() * FURTHEST });
  });
  messages.sort((a, b) => a.at - b.at);
  return packDelivery(messages.map(({ post }) => post));
}

export function packDelivery(posts: WrittenPost[]): Delivery {
  const starts = new Float64Array(posts.length + 1);
  posts.forEach((post, n) => {
    starts[n + 1] = (starts[n] as number) + Buffer.byteLength(post.line) + 2;
  });
  const bytes = Buffer.allocUnsafe(starts[posts.length] as number);
  posts.forEach((post, n) => void bytes.write(`${post.line}\r\n`, starts[n] as number));
  return { ids: posts.map((post) => post.id), bytes, starts };
}
