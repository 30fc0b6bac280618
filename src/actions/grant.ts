import type { Context } from '../context.ts';
import { setAddress } from '../db/addresses.ts';
import { type Card, cardsOf, giveUpCard } from '../db/customers.ts';
import { inTransaction } from '../db/database.ts';
import { endGrantsOfCard, giveGrant, revokeGrant } from '../db/grants.ts';
import { undoAll } from '../db/purchases.ts';
import { lockShoppers } from '../db/settle.ts';
import type { Merchant } from '../domain/catalog.ts';
import type { ShipTo } from '../domain/order.ts';

/** The version of the text with which shoppers agree that replies buy: changes with it (`texts.buyNow.enrol`). */
export const BUY_NOW_CONSENT = 'buy-now-2026-11';

/** After so long a leave is over by itself. */
const GRANT_DAYS = 365;
const DAY_MS = 86_400_000;

export interface Agreement {
  card_id: string;
  /** In the merchant's currency, in minor units. */
  per_order: number;
  per_day: number;
  /** Where things go; null: the merchant sends nothing. */
  ship_to: ShipTo | null;
  /** Of the text that they agreed to. */
  locale: string;
}

/** Notes that a shopper agrees to have a card charged by their replies. `false`: the card is not theirs. */
export async function agree(
  { db, now }: Pick<Context, 'db' | 'now'>,
  shopper_id: string,
  merchant: Pick<Merchant, 'id' | 'currency'>,
  { card_id, per_order, per_day, ship_to, locale }: Agreement,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await lockShoppers(tx, [shopper_id]);
    const card = (await cardsOf(tx, shopper_id)).find(({ id }): boolean => id === card_id);
    if (!card) return false;
    if (ship_to) await setAddress(tx, shopper_id, ship_to);
    await giveGrant(tx, {
      ...{ shopper_id, merchant_id: merchant.id, currency: merchant.currency, per_order, per_day, locale },
      ...{ card_id, card_brand: card.brand, text_version: BUY_NOW_CONSENT },
      expires_at: new Date(now().getTime() + GRANT_DAYS * DAY_MS),
    });
    return true;
  });
}

/** Takes the leave back that replies buy at a merchant. What is not charged yet is not bought. */
export async function endAgreement(
  { db }: Pick<Context, 'db'>,
  shopper_id: string,
  merchant_id: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockShoppers(tx, [shopper_id]);
    await revokeGrant(tx, shopper_id, merchant_id);
    await undoAll(tx, [shopper_id], merchant_id);
  });
}

/** Gives a card up, and every leave to charge it with it; a job has Stripe let go of it. */
export async function removeCard(
  { db, queues }: Pick<Context, 'db' | 'queues'>,
  shopper_id: string,
  card_id: Card['id'],
): Promise<void> {
  const customer_id = await inTransaction(db, async (tx) => {
    await lockShoppers(tx, [shopper_id]);
    const theirs = await giveUpCard(tx, shopper_id, card_id);
    if (theirs) await endGrantsOfCard(tx, card_id);
    return theirs;
  });
  if (customer_id) await queues.add('keep-customer', { customer_id });
}
