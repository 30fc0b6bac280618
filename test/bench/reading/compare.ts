import type pg from 'pg';
import type { Ending, WrittenPost } from '../workload/meaning.ts';
import { merchants } from '../workload/merchants.ts';
import { shoppers } from '../workload/shoppers.ts';
import { isExplained, type Said } from './explain.ts';
import { heldEnding } from './line-state.ts';
import { type FoundLine, type FoundOutcome, readLines, readMails, readOutcomes } from './rows.ts';

export interface Verdict {
  /** Posts without a row or without an outcome. */
  lost: number;
  /** Outcomes, carts, lines or mails that are there a second time, or for nobody. */
  doubled: number;
  /** Outcomes and lines that are not what the posts meant. */
  wrong: number;
  /** The first few of all these, in words. */
  examples: string[];
}

const EXAMPLES = 5;
const shopperById = new Map(shoppers.map((shopper) => [shopper.id, shopper]));
const productOf = new Map(
  merchants.flatMap(({ id, products }) => products.map((product) => [`${id} ${product.sku}`, product])),
);

/** Compares every outcome, cart line and mail in a database with what the posts meant. */
export async function compare(pool: pg.Pool, posts: Iterable<WrittenPost>): Promise<Verdict> {
  const verdict: Verdict = { lost: 0, doubled: 0, wrong: 0, examples: [] };
  const note = (kind: 'lost' | 'doubled' | 'wrong', what: string): void => {
    verdict[kind] += 1;
    if (verdict.examples.length < EXAMPLES) verdict.examples.push(`${kind}: ${what}`);
  };
  const outcomes = await readOutcomes(pool);
  const lines = await readLines(pool);
  const wishes = new Map<string, Said[]>();
  const told = new Set<string>();
  for (const post of posts) {
    const [found, ...more] = outcomes.get(post.id) ?? [];
    outcomes.delete(post.id);
    if (!found) {
      note('lost', `post ${post.id} has no outcome`);
      continue;
    }
    for (const { revision } of more) note('doubled', `post ${post.id} has an outcome ${revision}`);
    if (post.told) told.add(`${post.author} ${post.meaning.merchant}`);
    const fault = faultOf(post, found);
    if (fault) note('wrong', `post ${post.id}: ${fault}`);
    else if (post.meaning.kind === 'wish' && shopperById.get(post.author)?.linked) {
      const key = `${post.author} ${post.meaning.merchant} ${post.meaning.sku}`;
      const said = { id: post.id, wish: post.meaning.wish, found: endingOf(found) };
      wishes.set(key, [...(wishes.get(key) ?? []), said]);
    }
  }
  for (const id of outcomes.keys()) note('doubled', `an outcome of the post ${id}, which nobody delivered`);
  for (const [key, said] of wishes) {
    const [line, ...more] = lines.get(key) ?? [];
    lines.delete(key);
    for (const _ of more) note('doubled', `the line ${key}`);
    const fault = lineFault(key, said, line);
    if (fault) note('wrong', `line ${key}: ${fault}`);
  }
  for (const key of lines.keys()) note('doubled', `the line ${key}, which nobody asked for`);
  for (const [key, count] of await readMails(pool)) {
    if (count > 1 || !told.delete(key)) note('doubled', `${count} mail(s) to ${key}`);
  }
  for (const key of told) note('lost', `the mail to ${key}`);
  return verdict;
}

const endingOf = ({ outcome, reason }: FoundOutcome): Ending => ({ outcome, reason });
const inWords = ({ outcome, reason }: Ending): string => [outcome, reason].filter(Boolean).join(': ');

/** What is wrong with an outcome, as far as it does not depend on the other replies of its writer. */
function faultOf(post: WrittenPost, found: FoundOutcome): string | undefined {
  const { meaning, author } = post;
  const linked = shopperById.get(author)?.linked;
  const due = meaning.kind === 'ending' ? meaning : linked ? undefined : heldEnding(meaning.wish);
  if (due && inWords(due) !== inWords(found)) return `${inWords(found)} instead of ${inWords(due)}`;
  if (found.merchant_id !== meaning.merchant)
    return `merchant ${found.merchant_id} instead of ${meaning.merchant}`;
  if (found.shopper_id !== author && (post.told || found.shopper_id !== null))
    return `of shopper ${found.shopper_id}`;
  if (found.told !== post.told) return post.told ? 'nobody is told' : 'somebody is told';
  return undefined;
}

function lineFault(key: string, said: Said[], line: FoundLine | undefined): string | undefined {
  const product = productOf.get(key.slice(key.indexOf(' ') + 1));
  const quantity = line?.quantity ?? 0;
  if (!isExplained(said, quantity, product?.role === 'sold_out')) {
    const story = said.map(({ id, wish, found }) =>
      `${id} ${wish.kind} ${wish.kind === 'add' ? (wish.quantity ?? '') : ''} → ${inWords(found)}`.replace(
        / +/g,
        ' ',
      ),
    );
    return `holds ${line ? quantity : 'nothing'} after ${story.join('; ')}`;
  }
  if (line && line.price !== product?.price)
    return `has the price ${line.price} instead of ${product?.price}`;
  return undefined;
}
