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
