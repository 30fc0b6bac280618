import type { Context } from '../context.ts';
import { addressOf } from '../db/addresses.ts';
import { lockCart, openCartAt, readCart } from '../db/carts.ts';
import { lateCheckout } from '../db/checkouts.ts';
import { cardsOf } from '../db/customers.ts';
import { inTransaction, type Tx } from '../db/database.ts';
import { grantsOf } from '../db/grants.ts';
import {
  addPurchaseMail,
  buyingPosts,
  findPurchase,
  movePurchase,
  type Purchase,
  timeOf,
} from '../db/purchases.ts';
import type { PurchaseStatus } from '../db/schema.ts';
import { lockVariants } from '../db/stock.ts';
import { isUnchanged } from '../domain/buy-now.ts';
import { type Cart, needsShipping } from '../domain/cart.ts';
import { queueMails } from '../queue.ts';
import { changeLockedLine } from './change-line.ts';
import { chargeCard } from './charge-card.ts';
import { prepareCheckout } from './prepare-checkout.ts';

type Needs = Pick<Context, 'db' | 'stripe' | 'queues' | 'log' | 'now' | 'config'>;

/** So long a purchase can be confirmed that was asked about. */
const CONFIRM_MS = 24 * 3_600_000;

/** Whether it is too late to confirm a purchase. */
export const isTooOld = ({ created_at }: Pick<Purchase, 'created_at'>, now: Date): boolean =>
  now.getTime() - created_at.getTime() > CONFIRM_MS;

/**
 * Buys what a reply asked to buy, once its time to be undone is over, or its shopper has confirmed it: charges the card
 * that they agreed to have charged. Whatever the shopper has done to the lines since counts: nothing of it is bought then.
 * Safe to run twice.
 */
export async function buyNow(context: Needs, { post_id }: { post_id: string }): Promise<void> {
  const { db } = context;
  const begun = await inTransaction(db, (tx) => begin(tx, context, post_id));
  if (!begun) return;
  if ('checkout_id' in begun) await chargeCard(context, begun);
  else await queueMails(context, begun.mail_ids);
}

/**
 * Confirms a purchase about which its shopper was asked. It is charged within moments.
 *
 * @param shopper_id who is signed in
 * @returns `false` where there is nothing to confirm any more
 */
export async function confirmPurchase(context: Needs, shopper_id: string, post_id: string): Promise<boolean> {
  const { db, log, now } = context;
  const confirmed = await inTransaction(db, async (tx) => {
    const purchase = await findPurchase(tx, post_id);
    if (purchase?.shopper_id !== shopper_id || isTooOld(purchase, now())) return false;
    return movePurchase(tx, post_id, ['confirming'], 'waiting', { confirmed_at: now() });
  });
  if (!confirmed) return false;
  try {
    await buyNow(context, { post_id });
  } catch (error) {
    log.warn({ err: error, post_id }, 'what became of a purchase is not known yet');
  }
  return true;
}

/** Undoes a purchase, unless Stripe was asked already. What it was about stays in the cart. */
export async function undoPurchase(
  { db }: Pick<Context, 'db'>,
  shopper_id: string,
  post_id: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const purchase = await findPurchase(tx, post_id);
    if (purchase?.shopper_id !== shopper_id) return false;
    return movePurchase(tx, post_id, ['waiting', 'confirming'], 'undone');
  });
}

/** From here on it cannot be undone any more. `undefined`: it is not time, or it is settled. */
async function begin(
  tx: Tx,
  { config, now }: Needs,
  post_id: string,
): Promise<{ checkout_id: string } | { mail_ids: string[] } | undefined> {
  const known = await findPurchase(tx, post_id);
  if (known?.status !== 'waiting') return undefined;
  const cart = await lockOpenCart(tx, known);
  // Under the lock nobody else settles it.
  const purchase = await tx
    .selectFrom('purchases')
    .selectAll()
    .where('post_id', '=', post_id)
    .forUpdate()
    .executeTakeFirst();
  if (purchase?.status !== 'waiting') return undefined;
  const time = await timeOf(tx, post_id, config.BUY_NOW_UNDO_SECONDS);
  if (time === 'early') return undefined;
  if (time === 'untold') return settle(tx, purchase, 'lapsed');
  if (!cart) return settle(tx, purchase, 'undone');
  // A bank may still pay the same cart: that is not paid twice unasked.
  if (await lateCheckout(tx, cart.id)) return settle(tx, purchase, 'lapsed');
  const buying = await buyingPosts(tx, purchase.shopper_id, purchase.merchant_id);
  const current = purchase.confirmed_at
    ? await putBack(tx, cart, purchase, now())
    : purchase.lines.every((line) =>
          isUnchanged(
            cart.lines.find(({ sku }) => sku === line.sku),
            line,
            buying,
          ),
        )
      ? cart
      : undefined;
  if (!current) return settle(tx, purchase, purchase.confirmed_at ? 'lapsed' : 'undone');
  const grant = (await grantsOf(tx, purchase.shopper_id)).find(({ id }) => id === purchase.grant_id);
  const card = (await cardsOf(tx, purchase.shopper_id)).find(({ id }) => id === grant?.card_id);
  if (!grant || !card) return settle(tx, purchase, 'lapsed');
  const bought = current.lines.filter(({ sku }) => purchase.lines.some((line) => line.sku === sku));
  const ship_to = needsShipping(bought) ? await addressOf(tx, purchase.shopper_id) : null;
  const prepared = await prepareCheckout(
    tx,
    current,
    {
      shown: { total: purchase.total, country: null },
      only: purchase.lines,
      signed_in: true,
      card: { id: card.id, payer: card.payer, ship_to },
    },
    { fee_bps: config.PLATFORM_FEE_BPS, now: now() },
  );
  // Something else of the cart is being paid: what is left of it is in another one after that.
  if (prepared.kind === 'paid') return undefined;
  if (prepared.kind !== 'ready') return settle(tx, purchase, 'lapsed');
  const { id: checkout_id } = prepared.checkout;
  await movePurchase(tx, post_id, ['waiting'], 'charging', { checkout_id });
  return { checkout_id };
}

/** Ends a purchase for which Stripe was never asked. Its shopper hears of it unless it is what they wanted. */
async function settle(
  tx: Tx,
  purchase: Purchase,
  to: Extract<PurchaseStatus, 'lapsed' | 'undone'>,
): Promise<{ mail_ids: string[] }> {
  await movePurchase(tx, purchase.post_id, ['waiting'], to);
  const mail_id = to === 'lapsed' ? await addPurchaseMail(tx, purchase, 'unbought') : undefined;
  return { mail_ids: mail_id ? [mail_id] : [] };
}

async function lockOpenCart(tx: Tx, { shopper_id, merchant_id, lines }: Purchase): Promise<Cart | undefined> {
  const open = await openCartAt(tx, { shopper_id, merchant_id });
  if (open)
    return lockCart(
      tx,
      open,
      lines.map(({ sku }) => sku),
    );
  await lockVariants(
    tx,
    lines.map(({ sku }) => ({ merchant_id, sku })),
  );
  return undefined;
}

/** The cart with what a confirmed purchase needs: what was bought meanwhile is put into it again, where that may be. */
async function putBack(tx: Tx, cart: Cart, { lines }: Purchase, now: Date): Promise<Cart | undefined> {
  for (const { sku, quantity } of lines) {
    if ((cart.lines.find((line) => line.sku === sku)?.quantity ?? 0) >= quantity) continue;
    const result = await changeLockedLine(tx, cart, { sku, quantity, final: true }, now);
    if (result.kind !== 'changed') return undefined;
  }
  return readCart(tx, cart.id);
}
