import type { Merchant } from '../domain/catalog.ts';
import type { Texts } from './texts.ts';

/** Whom it is bought from, or who is given to: at the end of every page about a cart, a product or an order. */
export function MerchantLine({
  merchant: { id, name, postal_address },
  gift,
  texts,
}: {
  merchant: Pick<Merchant, 'id' | 'name' | 'postal_address'>;
  gift: boolean;
  texts: Texts;
}) {
  return (
    <p class="soft small">
      <a href={`/m/${id}`}>{gift ? texts.donation.goesTo(name) : texts.cart.soldBy(name)}</a>,{' '}
      {postal_address}
    </p>
  );
}
