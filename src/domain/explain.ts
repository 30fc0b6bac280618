import type { Amount } from './amount.ts';
import type { Catalog, Merchant, Product } from './catalog.ts';
import type { Hashtags } from './catalog-file.ts';
import { foldTag } from './hashtags.ts';
import { hasRole, type Item, readItem } from './items.ts';
import { joinNumbers } from './join-numbers.ts';
import type { KnownPosts } from './match.ts';
import { noVocabulary, vocabularyOf } from './options.ts';
import type { Detail, FoundBy, OutcomeReason } from './outcome.ts';
import type { Post } from './post.ts';
import { prepare } from './prepare.ts';
import { type Reading, readReply } from './read-reply.ts';
import { TAG_MARK, type Token } from './tokens.ts';
import { setAside } from './wish.ts';

/** Some words of a reply, and what they were taken for. */
export interface ReadWords {
  text: string;
  as:
    | 'quantity'
    | 'more'
    | 'value'
    | 'value not meant'
    | 'unknown value'
    | 'number of something else'
    | 'product'
    | 'denial'
    | 'question'
    | 'stop';
  value?: string | number;
}

/** How a reply is read, step by step. */
export interface Explanation {
  /** The words as they are compared: the tags that count, no handles and no addresses. */
  text: string;
  /** The hashtag that fired, as the shopper wrote it, and what it does. */
  tag?: string;
  action?: keyof Hashtags;
  merchant?: string;
  product?: Pick<Product, 'sku' | 'title'>;
  found_by?: FoundBy;
  /** The first few words that tell something. */
  words: ReadWords[];
  /** The rule that decides. */
  rule: string;
}

const MOST_WORDS = 20;
const LONGEST = 40;

/** Reads a reply once more, by the catalog as it is now, and says how. Never for settling: it costs more. */
export function explain(post: Post, catalog: Catalog, known?: KnownPosts): Explanation {
  const reading = readReply(post, catalog, known);
  const detail = reading.kind === 'order' ? reading.detail : reading.decision.detail;
  const merchant = merchantOf(reading, catalog);
  const product = merchant && productOf(merchant, detail, catalog);
  const tags = merchant && catalog.tags.get(merchant.id);
  const tokens = prepare(post.text, (tag) => (tags ? tags.has(tag) : catalog.anyTag.has(tag)));
  return {
    text: textOf(tokens),
    ...(detail.tag === undefined ? {} : { tag: detail.tag, action: tags?.get(foldTag(detail.tag)) }),
    ...(merchant ? { merchant: merchant.id } : {}),
    ...(product ? { product: { sku: product.sku, title: product.title } } : {}),
    ...(detail.found_by ? { found_by: detail.found_by } : {}),
    words: wordsOf(tokens, product),
    rule: ruleOf(reading),
  };
}

const merchantOf = (reading: Reading, catalog: Catalog): Merchant | undefined =>
  reading.kind === 'order' ? reading.merchant : catalog.merchants.get(reading.decision.merchant_id ?? '');

const productOf = (merchant: Merchant, { product }: Detail, catalog: Catalog): Product | undefined =>
  catalog.products.get(merchant.id)?.get(product ?? '');

const textOf = (tokens: Token[]): string =>
  tokens
    .map(({ text, glued, tag }) => (glued ? '' : ' ') + (text === TAG_MARK ? `#${tag}` : text))
    .join('')
    .trim();

function wordsOf(tokens: Token[], product: Product | undefined): ReadWords[] {
  const vocabulary = product ? vocabularyOf(product) : noVocabulary;
  const found: Array<{ item: Item; text: string }> = [];
  for (let at = 0; at < tokens.length; ) {
    const { item, length } = readItem(tokens, at, vocabulary);
    found.push({ item, text: textOf(tokens.slice(at, at + length)).slice(0, LONGEST) });
    at += length;
  }
  const items = joinNumbers(found.map(({ item }) => item));
  const meant = new Set(setAside(items).meant);
  return items
    .flatMap((item, n) => {
      const taken = takenFor(item, meant.has(item));
      return taken ? [{ text: found[n]?.text ?? '', ...taken }] : [];
    })
    .slice(0, MOST_WORDS);
}

/** What an item is taken for, if it tells anything. */
function takenFor(item: Item, meant: boolean): Omit<ReadWords, 'text'> | undefined {
  if (item.kind === 'value') return { as: meant ? 'value' : 'value not meant', value: item.value };
  if (item.kind === 'quantity') return { as: item.more ? 'more' : 'quantity', ...numberOf(item) };
  if (item.kind === 'number') return { as: 'number of something else', ...numberOf(item) };
  if (item.kind === 'unknown') return { as: 'unknown value' };
  if (item.kind === 'product') return { as: 'product' };
  if (hasRole(item, 'stop')) return { as: 'stop' };
  if (hasRole(item, 'no') || hasRole(item, 'noAfter') || hasRole(item, 'instead')) return { as: 'denial' };
  if (hasRole(item, 'ask') || hasRole(item, 'askAfter')) return { as: 'question' };
  return undefined;
}

/** Left out where the number is none that anybody can have. */
const numberOf = ({ value }: { value: number }) => (Number.isNaN(value) ? {} : { value });

const RULES: Partial<Record<OutcomeReason, string>> = {
  no_trigger: 'none of its hashtags belongs to the merchant whose post it is about',
  retweet: 'a repost is no order',
  bot_self: 'our own posts are no orders',
  quote: 'a quote is no order, unless the merchant says so',
  not_a_reply: 'it replies to nothing',
  not_a_product: 'neither the posts above it nor its conversation offer a product',
  merchant_self: 'the merchant’s own posts are no orders',
  opted_out: 'it says that its writer wants no more of this',
  which_product: 'the post above it offers several products, and its words do not name one',
  conflicting_tags: 'its hashtags contradict each other',
  negated: 'a denial governs the hashtag',
};

const AMOUNTS: Record<Amount['kind'], string> = {
  amount: 'it says how much it gives: the bounds decide',
  missing: 'it does not say how much it gives',
  unclear: 'it is not clear how much it gives',
  other_currency: 'it names the money of another currency',
};

function ruleOf(reading: Reading): string {
  if (reading.kind !== 'order') {
    const { outcome, reason } = reading.decision;
    return outcome === 'helped' ? 'it asks about the hashtag' : ((reason && RULES[reason]) ?? outcome);
  }
  const { wishes } = reading;
  if (reading.amount) return AMOUNTS[reading.amount.kind];
  if (wishes.kind === 'unknown_option') return 'it names a value that the product does not come in';
  if (wishes.kind !== 'wishes') return 'it names two values of one option for one line';
  if (wishes.wishes.some(({ choice }) => choice.includes(undefined)))
    return 'it does not name every option: the cart may, or we ask';
  if (wishes.fault === 'invalid_quantity') return 'its number is no whole number from 1 on';
  if (wishes.fault === 'conflicting_quantity') return 'it names two numbers for one line';
  return 'it is understood: the cart, the limit and the stock decide';
}
