import { connectMerchant } from '../../src/actions/connect-merchant.ts';
import { readConfig } from '../../src/config.ts';
import { type Context, openContext } from '../../src/context.ts';
import { hashToken, randomToken } from '../../src/crypto.ts';
import { storeCartLinks } from '../../src/db/carts.ts';
import { storeOrderLinks } from '../../src/db/order-links.ts';
import { openLog } from '../../src/log.ts';
import { atEnd } from '../harness/at-end.ts';
import { POST } from '../harness/builders.ts';
import { aService, peopleX, type Service } from '../harness/service.ts';
import { setStock, stockPlenty } from '../harness/stock.ts';
import { Visitor } from '../harness/visitor.ts';
import { CLASS, chaosCatalog, FUND, PACK } from './catalog.ts';
import type { Options } from './options.ts';

/** What happened, by name: for the table at the end. */
export type Tally = Map<string, number>;

export interface World {
  service: Service;
  /** A look at the same database and queues from here. */
  context: Context;
  tally: Tally;
  /** What shoppers were told, and have a right to. */
  told: Told;
  /** How often somebody's kept card may be charged: once for each reply that buys, and for each press of the button. */
  mayCharge: Map<string, number>;
  /** Notes that something happened. */
  count(what: string, times?: number): void;
}

/** What pages and commands said. */
export interface Told {
  /** Replies: "nothing is charged". */
  undone: Set<string>;
  /** Orders: "your payment goes back". */
  cancelled: Set<string>;
  /** Orders, with the option that they hold now. */
  swapped: Map<string, string>;
  /** Codes, with how often somebody was told to let whoever has it in. */
  used: Map<string, number>;
}

/** The X user id of a shopper. */
export const shopperId = (n: number): string => String(6_600_000_000_000_000_000n + BigInt(n));

/** The product with all its processes, a catalog, and shoppers who have linked. */
export async function makeWorld({ shoppers }: Options, env: Record<string, string> = {}): Promise<World> {
  const service = await aService({
    ...{ LOG_LEVEL: 'warn', CATALOG: chaosCatalog(), BUY_NOW_UNDO_SECONDS: '1' },
    ...env,
  });
  const context = await openContext(readConfig(service.env), openLog('silent'));
  atEnd(async () => context[Symbol.asyncDispose]());
  for (const args of [['migrate'], ['catalog', 'apply', service.env.CATALOG as string]]) {
    const { code, stderr } = await service.run(...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  }
  await stockPlenty(service.db);
  // Not enough for all: of the one kind pieces are kept for those who come first, of the other who pays first gets it.
  await setStock(context, 'STICKER', Math.ceil(shoppers / 8), 'hold');
  await setStock(context, 'PACK', Math.ceil(shoppers / 12), 'first_paid');
  await peopleX(service, [POST.mug, POST.sticker, POST.tee, POST.ebook, PACK, FUND, CLASS]);
  await service.db
    .insertInto('shoppers')
    .values(
      Array.from({ length: shoppers }, (_, n) => ({
        x_user_id: shopperId(n),
        username: `chaos_${n}`,
        email: `chaos${n}@mail.example`,
      })),
    )
    .execute();
  const tally: Tally = new Map();
  return {
    service,
    context,
    tally,
    told: { undone: new Set(), cancelled: new Set(), swapped: new Map(), used: new Map() },
    mayCharge: new Map(),
    count: (what, times = 1) => void tally.set(what, (tally.get(what) ?? 0) + times),
  };
}

/** The merchant gets an account of their own at Stripe: its payments are split. The processes run. */
export async function connect({ context }: World): Promise<void> {
  const { url } = await connectMerchant(context, 'shop');
  await (await new Visitor().open(url)).submit('', { result: 'complete' });
}

/** A link as mails have it. */
export async function linkTo({ service }: World, cart_id: string): Promise<string> {
  const token = randomToken();
  const expires_at = new Date(Date.now() + 86_400_000);
  await storeCartLinks(service.db, [{ token_hash: hashToken(token), cart_id, expires_at }]);
  return `${service.url}/c/${token}`;
}

/** A link as receipts have it. */
export async function linkToOrder({ service }: World, order_id: string): Promise<string> {
  const token = randomToken();
  const expires_at = new Date(Date.now() + 86_400_000);
  await storeOrderLinks(service.db, [{ token_hash: hashToken(token), order_id, expires_at }]);
  return `${service.url}/o/${token}`;
}
