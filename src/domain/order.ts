import type { PricedLine } from './cart.ts';
import type { Merchant } from './catalog.ts';
import { countriesOf } from './shipping.ts';

/** Where an order goes, as the shopper gave it to Stripe. */
export interface ShipTo {
  name: string | null;
  address: {
    line1: string | null;
    line2: string | null;
    city: string | null;
    state: string | null;
    postal_code: string | null;
    country: string | null;
  };
}

/** Whether a merchant sends things to an address. */
export const isShippable = (ship_to: ShipTo | null, shipping: Merchant['shipping']): boolean =>
  ship_to?.address.country != null &&
  (shipping ? countriesOf(shipping) : []).includes(ship_to.address.country);
/** An order that waits to be sent. */
export interface OrderToSend {
  id: string;
  created_at: Date;
  ship_to: ShipTo | null;
  /** What is to be sent. */
  lines: Array<Pick<PricedLine, 'sku' | 'title' | 'quantity'>>;
}
