/** Who takes part. Linked shoppers are in the database before a run begins; some of them want no mail. */
export const LINKED = 50_000;
const UNLINKED = 3_000;
const EVERY_OPTED_OUT = 400;

export interface Shopper {
  id: string;
  username: string;
  linked: boolean;
  optedOut: boolean;
}

const FIRST = 1_400_000_000_000_000_000n;
/** Odd and large: ids spread as those of accounts that were made over years. */
const SPACE = 9_007_199_254_743n;

function makeShopper(n: number): Shopper {
  const linked = n < LINKED;
  return {
    id: String(FIRST + BigInt(n) * SPACE),
    username: `shopper${n}`,
    linked,
    optedOut: linked && n % EVERY_OPTED_OUT === 7,
  };
}

export const shoppers: readonly Shopper[] = Array.from({ length: LINKED + UNLINKED }, (_, n) =>
  makeShopper(n),
);
export const linkedShoppers = shoppers.slice(0, LINKED);
export const unlinkedShoppers = shoppers.slice(LINKED);

export const emailOf = (shopper: Pick<Shopper, 'username'>): string => `${shopper.username}@shopper.example`;
