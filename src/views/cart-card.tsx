import type { KeptCard } from '../domain/kept-card.ts';
import { cardName } from '../domain/kept-card.ts';
import type { ShipTo } from '../domain/order.ts';
import { addressLine } from './address.ts';
import type { Texts } from './texts.ts';

/** How the cart's shopper can pay without entering anything. */
export type CardWay =
  /** Signed in, with cards; `ship_to` where anything is sent. `total` with the shipping to there. */
  | { kind: 'cards'; cards: KeptCard[]; ship_to: ShipTo | null; total: number }
  /** Something is to be sent, and no address of theirs is one that the merchant sends to. */
  | { kind: 'no_address' }
  /** This browser is not signed in: nobody sees here whether they keep a card. */
  | { kind: 'sign_in'; path: string };

/** The button that pays with a kept card: card and address are named on it, and nothing is asked again. */
export function PayWithCard({
  way,
  path,
  money,
  texts,
}: {
  way: CardWay;
  path: string;
  money: (amount: number) => string;
  texts: Texts;
}) {
  const t = texts.buyNow.cart;
  if (way.kind === 'sign_in')
    return (
      <p class="small">
        <a href={way.path}>{t.signIn}</a>
      </p>
    );
  if (way.kind === 'no_address')
    return (
      <p class="small">
        {t.noAddress} <a href="/me/address">{t.addAddress}</a>
      </p>
    );
  return (
    <>
      {way.cards.map((card) => (
        <form method="post" action={`${path}/pay-card`}>
          <input type="hidden" name="total" value={String(way.total)} />
          <input type="hidden" name="card" value={card.id} />
          <button class="pay" type="submit">
            {t.pay(money(way.total), cardName(card))}
          </button>
        </form>
      ))}
      {way.ship_to && (
        <p class="small">
          {t.sendTo(addressLine(way.ship_to))} <a href="/me/address">{t.change}</a>
        </p>
      )}
    </>
  );
}

/** What replies are about to buy of a cart, each with the page where that is undone or confirmed. */
export function BeingBought({
  purchases,
  path,
  texts,
}: {
  purchases: Array<{ post_id: string; confirming: boolean; items: string }>;
  path: string;
  texts: Texts;
}) {
  const t = texts.buyNow.cart;
  return (
    <section class="note warn" aria-labelledby="being-bought">
      <h2 id="being-bought">{t.buyingTitle}</h2>
      <ul>
        {purchases.map(({ post_id, confirming, items }) => (
          <li>
            {items}: <a href={`${path}/buying/${post_id}`}>{confirming ? t.toConfirm : t.toUndo}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
