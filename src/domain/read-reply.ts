import { type Amount, readDonation } from './amount.ts';
import type { Action, Catalog, Merchant, Product } from './catalog.ts';
import { foldTag } from './hashtags.ts';
import { readIntent } from './intent.ts';
import { findOffers, type KnownPosts, namedProducts } from './match.ts';
import type { Decision, Detail, OutcomeReason } from './outcome.ts';
import type { Post } from './post.ts';
import { prepareAmounts } from './prepare.ts';
import type { Asked } from './price.ts';
import { readWishes, type Wishes } from './wish.ts';

/** An order that was understood, up to what only the shopper's cart can tell. */
export interface Order {
  kind: 'order';
  merchant: Merchant;
  product: Product;
  action: Action;
  wishes: Wishes;
  /** Of a donation: how much, instead of how many. */
  amount?: Amount;
  /** The offer of the post that the reply is to. */
  offer?: Asked;
  /** The ids of that post. */
  posts?: string[];
  detail: Detail;
}

/**
 * A reply as read without looking at its author. `noise` is nobody's order and needs no further look; `decided`
 * has its outcome unless the author opted out; an `order` depends on the author's cart.
 */
export type Reading =
  | { kind: 'noise'; decision: Decision }
  | { kind: 'decided'; decision: Decision; unregistered?: Unregistered }
  | Order;

/** What will be kept of how a reply was read. */
export const detailOf = (reading: Reading): Detail =>
  reading.kind === 'order' ? reading.detail : reading.decision.detail;

/** A merchant's post that the catalog does not name, yet: its id exists only once it is published. */
export interface Unregistered {
  merchant_id: string;
  parent_id: string;
  conversation_id: string | undefined;
}

/**
 * Reads a reply. The first of these that applies decides: no tag of ours, a retweet, the bot's own post, a quote,
 * no reply, no product post above it, the merchant's own post, a tag of another merchant, a wish to be left alone,
 * more than one possible product, a negated tag, a question about the tag, tags that contradict each other.
 *
 * @param known what is known of posts above it, when they are no product posts themselves
 */
export function readReply(post: Post, catalog: Catalog, known: KnownPosts = new Map()): Reading {
  const tags = post.tags.map(foldTag).filter((tag) => catalog.anyTag.has(tag));
  if (tags.length === 0) return noise('no_trigger');
  if (post.retweet) return noise('retweet');
  if (post.author_id === catalog.bot_id) return noise('bot_self');
  const quoted = post.parent_id === undefined ? post.quoted_id : undefined;
  if (quoted !== undefined) {
    const refusal = readQuote(quoted, tags, catalog);
    if (refusal) return refusal;
  }
  const origin = post.parent_id ?? quoted;
  if (origin === undefined) return noise('not_a_reply');

  const offers = findOffers(post, origin, catalog, known);
  const meant = offeredFor(tags, offers.products, catalog);
  const among = namedProducts(post.text, meant.length > 0 ? meant : offers.products);
  const [product] = among;
  if (!product) return notAProduct(post, tags, catalog);
  const merchant = catalog.merchants.get(product.merchant_id) as Merchant;
  const decided = (
    outcome: Decision['outcome'],
    reason: OutcomeReason | undefined,
    detail: Detail,
  ): Reading => ({
    kind: 'decided',
    decision: { outcome, reason, merchant_id: merchant.id, detail },
  });
  if (post.author_id === merchant.x_user_id) return decided('ignored', 'merchant_self', {});
  if (meant.length === 0) return noise('no_trigger');
  const entries = [...new Set(meant.map(({ merchant_id }) => tagsOf(merchant_id, catalog)))];
  const ours = entries.length === 1 ? tagsOf(merchant.id, catalog) : together(entries);
  const intent = readIntent(post, ours);
  if (intent.kind === 'no_trigger') return noise('no_trigger');
  if (intent.kind === 'stop') return decided('ignored', 'opted_out', { tag: intent.tag, action: 'stop' });
  // Tags of two markets mean two of the products that one post offers.
  const torn = entries.length > 1 && !tags.some((tag) => entries.every((entry) => entry.has(tag)));
  // Whatever answers the question, the offer is that of the post which the reply is to.
  const offer = offerAt(offers.posts, among, catalog);
  const byOffer = offer ? { offer_post: offer.offer_post_id as string } : {};
  if (among.length > 1 && !torn)
    return decided('asked', 'which_product', { among: among.map(({ sku }) => sku), ...byOffer });
  const detail: Detail = torn ? {} : { product: product.sku, found_by: offers.found_by, ...byOffer };
  if (intent.kind === 'conflicting_tags' || (torn && intent.kind === 'order'))
    return decided('asked', 'conflicting_tags', detail);
  detail.tag = intent.tag;
  if (intent.kind === 'negated') return decided('ignored', 'negated', detail);
  if (intent.kind === 'helped') return decided('helped', undefined, detail);
  const { action, words } = intent;
  if (action === 'buy' || action === 'donate') detail.action = action;
  const wishes = readWishes(words, product);
  const order: Order = {
    kind: 'order',
    merchant,
    product,
    action,
    wishes,
    posts: offers.posts,
    ...(offer ? { offer } : {}),
    detail,
  };
  if (!product.donation || action === 'remove') return order;
  const said = prepareAmounts(post.text, (tag) => ours.has(tag));
  return { ...order, amount: readDonation(said, merchant.currency) };
}

/** What the first of these costs that has a price of its own for replies to a post, by the ids that the post has had. */
function offerAt(posts: string[], among: Product[], { prices }: Catalog): Asked | undefined {
  for (const product of among)
    for (const id of posts) {
      const offer = prices.get(id)?.get(product);
      if (offer) return offer;
    }
  return undefined;
}

const noise = (reason: OutcomeReason): Reading => ({
  kind: 'noise',
  decision: { outcome: 'ignored', reason, detail: {} },
});

function notAProduct(
  { parent_id, parent_author_id, conversation_id }: Post,
  tags: string[],
  catalog: Catalog,
): Reading {
  const merchant = [...catalog.merchants.values()].find(
    ({ id, x_user_id }) => x_user_id === parent_author_id && tags.some((tag) => tagsOf(id, catalog).has(tag)),
  );
  const decided = (merchant_id: string | undefined, detail: Detail) => ({
    kind: 'decided' as const,
    decision: { outcome: 'ignored' as const, reason: 'not_a_product' as const, merchant_id, detail },
  });
  if (!merchant || parent_id === undefined) return decided(undefined, {});
  return {
    ...decided(merchant.id, { kept: true }),
    unregistered: { merchant_id: merchant.id, parent_id, conversation_id },
  };
}

const noTags: ReadonlyMap<string, Action> = new Map();
const tagsOf = (merchant_id: string, catalog: Catalog): ReadonlyMap<string, Action> =>
  catalog.tags.get(merchant_id) ?? noTags;

const together = (entries: Array<ReadonlyMap<string, Action>>): ReadonlyMap<string, Action> =>
  new Map(entries.flatMap((entry) => [...entry]));

/** The products of those merchants one of whose tags a post has: an account may sell in several markets by one post. */
const offeredFor = (tags: string[], products: Product[], catalog: Catalog): Product[] =>
  products.filter(({ merchant_id }) => tags.some((tag) => tagsOf(merchant_id, catalog).has(tag)));

/** Why a quote is no order, if so: quotes are how promoters repeat a merchant's words. */
function readQuote(quoted_id: string, tags: string[], catalog: Catalog): Reading | undefined {
  const offers = catalog.offers.get(quoted_id) ?? [];
  const [product] = [...offeredFor(tags, offers, catalog), ...offers];
  const merchant = catalog.merchants.get(product?.merchant_id ?? '');
  if (merchant?.accept_quotes) return undefined;
  const decision: Decision = { outcome: 'ignored', reason: 'quote', merchant_id: merchant?.id, detail: {} };
  return { kind: merchant ? 'decided' : 'noise', decision };
}
