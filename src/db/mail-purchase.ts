import { needsShipping, totalsOf } from '../domain/cart.ts';
import { cardName } from '../domain/kept-card.ts';
import type { MailContent, MailMerchant } from '../domain/mail-content.ts';
import { addressOf } from './addresses.ts';
import { openCartAt, readCart } from './carts.ts';
import { cardsOf } from './customers.ts';
import type { Db } from './database.ts';
import { grantsOf } from './grants.ts';
import type { MailRow } from './mails.ts';
import { merchantOf } from './merchants.ts';
import { findPurchase, type Purchase, titlesOf } from './purchases.ts';

/**
 * What is said of a purchase: that it is about to be made, or that it came to nothing. Nothing where it is settled
 * otherwise by now.
 */
export async function gatherPurchase(
  db: Db,
  mail: MailRow,
  merchant: MailMerchant,
): Promise<MailContent | undefined> {
  const purchase = await findPurchase(db, mail.purchase_id as string);
  if (!purchase) return undefined;
  return mail.kind === 'buying' ? buying(db, purchase, merchant) : unbought(db, purchase, merchant);
}

async function buying(db: Db, purchase: Purchase, merchant: MailMerchant): Promise<MailContent | undefined> {
  const { post_id, shopper_id, currency, doubt, status } = purchase;
  if (status !== 'waiting' && status !== 'confirming') return undefined;
  const cart_id = await openCartAt(db, purchase);
  const cart = cart_id === undefined ? undefined : await readCart(db, cart_id);
  const grant = (await grantsOf(db, shopper_id)).find(({ id }) => id === purchase.grant_id);
  const card = (await cardsOf(db, shopper_id)).find(({ id }) => id === grant?.card_id);
  if (!cart || !card) return undefined;
  const lines = purchase.lines.flatMap(({ sku, quantity }) => {
    const line = cart.lines.find((each) => each.sku === sku);
    return line ? [{ sku, quantity, title: line.title, kind: line.kind, price: line.price }] : [];
  });
  const { shipping } = await merchantOf(db, purchase);
  const ship_to = needsShipping(lines) ? await addressOf(db, shopper_id) : null;
  return {
    kind: 'buying',
    ...{ merchant, post_id, cart_id: cart.id, lines, currency, doubt },
    totals: totalsOf(lines, shipping, ship_to?.address.country ?? null),
    card: cardName(card),
    ship_to,
  };
}

async function unbought(db: Db, purchase: Purchase, merchant: MailMerchant): Promise<MailContent> {
  const { declined } = purchase;
  const cart_id = await openCartAt(db, purchase);
  const titles = await titlesOf(db, purchase);
  return {
    kind: 'unbought',
    merchant,
    cart_id: cart_id ?? null,
    titles: titles.map(({ quantity, title }) => `${quantity} × ${title}`),
    why: declined === 'authentication_required' ? 'authentication' : declined ? 'declined' : 'unavailable',
  };
}
