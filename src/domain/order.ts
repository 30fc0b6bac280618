import type { PricedLine } from './cart.ts';

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

/** An order that waits to be sent. */
export interface OrderToSend {
  id: string;
  created_at: Date;
  ship_to: ShipTo | null;
  lines: Array<Pick<PricedLine, 'sku' | 'title' | 'kind' | 'quantity'>>;
}
