import type { GivenClaim } from '../../../src/db/claims.ts';
import type { Delivered } from '../../../src/db/replies.ts';
import type { Settled } from '../../../src/db/settle.ts';
import type { Catalog } from '../../../src/domain/catalog.ts';
import { type Order, type Reading, readReply } from '../../../src/domain/read-reply.ts';
import { settle } from '../../../src/domain/settle.ts';
import type { ShopperState } from '../../../src/domain/shopper-state.ts';
import { payloadOf, readMessage } from '../../../src/x/payload.ts';
import type { WrittenPost } from '../workload/meaning.ts';
import { merchants } from '../workload/merchants.ts';
import { shoppers } from '../workload/shoppers.ts';

/** Everything that a batch asks of the database and writes to it. */
export interface Prepared {
  delivered: Delivered[];
  authors: string[];
  pairs: { shopper_ids: string[]; merchant_ids: string[] };
  wanted: { merchant_ids: string[]; product_skus: string[] };
  settled: Settled;
  claimants: { shopper_ids: string[]; merchant_ids: string[] };
  claims: GivenClaim[];
}

const shopperById = new Map(shoppers.map((shopper) => [shopper.id, shopper]));
const STOCK: Partial<Record<string, number>> = { sold_out: 0, counted: 1_000_000 };
const stock = new Map(
  merchants.flatMap(({ id, products }) =>
    products.map(({ role, sku }) => [`${id} ${sku}`, STOCK[role]] as const),
  ),
);

/** Decides batch after batch ahead of time, by the product's own rules. */
export function decider(catalog: Catalog): (batch: WrittenPost[]) => Prepared {
  const states = new Map<string, ShopperState>();
  const stateOf = (shopper_id: string, merchant_id: string | undefined): ShopperState => {
    const key = `${shopper_id} ${merchant_id}`;
    const { linked = false, optedOut = false } = shopperById.get(shopper_id) ?? {};
    const state = states.get(key) ?? {
      linked,
      opted_out: optedOut,
      lines: new Map(),
      claims: new Map(),
      ordered: new Map(),
    };
    states.set(key, state);
    return state;
  };
  const stockOf = (merchant_id: string, sku: string): number | undefined =>
    stock.get(`${merchant_id} ${sku}`);

  return (batch) => {
    const posts = [...batch].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    const readings = posts.map((post) => ({
      post,
      reading: readReply(readMessage(JSON.parse(post.line)), catalog),
    }));
    const outcomes: Settled['outcomes'] = [];
    const questions = new Map<string, Settled['questions'][number]>();
    const lines = new Map<string, Settled['lines'][number]>();
    const claims = new Map<string, GivenClaim>();
    for (const { post, reading } of readings) {
      const state = stateOf(post.author, merchantOf(reading));
      const { decision, changes, ...settlement } = settle(post.id, reading, state, stockOf);
      const shopper_id = reading.kind === 'noise' ? null : post.author;
      outcomes.push({ post_id: post.id, revision: 0, shopper_id, tell: post.told, ...decision });
      const merchant = catalog.merchants.get(decision.merchant_id ?? '');
      if (reading.kind === 'order') {
        const { merchant_id, hold_minutes } = reading.product;
        for (const { sku, ...claim } of settlement.claims) {
          state.claims.set(sku, claim);
          claims.set(`${post.author} ${merchant_id} ${sku}`, {
            ...{ merchant_id, sku, shopper_id: post.author, post_id: post.id, ...claim },
            ...{ minutes: state.linked ? hold_minutes : 15, linked: state.linked },
          });
        }
      }
      if (!post.told || !merchant) continue;
      const cart = { shopper_id: post.author, merchant_id: merchant.id, currency: merchant.currency };
      const key = `${post.author} ${merchant.id}`;
      if (decision.outcome === 'asked') questions.set(key, cart);
      for (const change of changes) {
        state.lines.set(change.sku, change);
        lines.set(`${key} ${change.sku}`, { ...cart, post_id: post.id, ...change });
      }
    }
    for (const { shopper_id, merchant_id } of lines.values())
      questions.delete(`${shopper_id} ${merchant_id}`);
    const settled = { outcomes, lines: [...lines.values()], questions: [...questions.values()] };
    const authored = readings.filter(({ reading }) => reading.kind !== 'noise');
    const orders = authored.filter(
      (each): each is { post: WrittenPost; reading: Order } =>
        each.reading.kind === 'order' && shopperById.get(each.post.author)?.linked === true,
    );
    const products = new Set(
      readings.flatMap(({ reading }) => (reading.kind === 'order' ? [reading.product] : [])),
    );
    return {
      delivered: posts.map(({ id, line }) => ({ post_id: id, source: 'stream', body: keptOf(line) })),
      authors: [...new Set(authored.map(({ post }) => post.author))],
      pairs: pairsOf(orders),
      wanted: {
        merchant_ids: [...products].map((product) => product.merchant_id),
        product_skus: [...products].map((product) => product.sku),
      },
      settled,
      claimants: pairsOf(
        authored.filter(({ reading }) => reading.kind === 'order' && reading.product.stock_mode === 'hold'),
      ),
      claims: [...claims.values()],
    };
  };
}

function pairsOf(orders: Array<{ post: WrittenPost; reading: Reading }>) {
  const pairs = new Map(
    orders.map(({ post, reading }) => [`${post.author} ${merchantOf(reading)}`, { post, reading }]),
  );
  return {
    shopper_ids: [...pairs.values()].map(({ post }) => post.author),
    merchant_ids: [...pairs.values()].map(({ reading }) => merchantOf(reading) as string),
  };
}

const merchantOf = (reading: Reading): string | undefined =>
  reading.kind === 'order' ? reading.merchant.id : reading.decision.merchant_id;

/** Of a message, what is stored of it. */
const keptOf = (line: string): Buffer => Buffer.from(JSON.stringify({ data: payloadOf(JSON.parse(line)) }));
