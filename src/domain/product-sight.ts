import { type Closed, whyNotForSale } from './cart.ts';
import type { Product } from './catalog.ts';

/** A variant as anybody may have it. */
export interface OnSale {
  choice: string[];
  /** Null: not counted. */
  available: number | null;
  paused: boolean;
  starts_at: Date | null;
  ends_at: Date | null;
}

/** free: it can be had. waiting: who wants it joins the waiting line. sold_out, closed: nobody can have it now. */
export type Standing = 'free' | 'waiting' | 'sold_out' | 'closed';

/** What a product's page shows of whether and how it can be had. */
export interface ProductSight {
  standing: Standing;
  /** Why nothing of it is for sale. */
  closed?: Closed;
  /** When its sale begins, if that is to come; when it ends, if that is known. */
  opens?: Date;
  closes?: Date;
  /** Pieces that are left of all variants for sale; null: not counted. */
  left: number | null;
  /** How each value of each option stands, in the order of the catalog. */
  values: Standing[][];
}

/** How a product stands at a time, for somebody of whom nothing is known. */
export function sightOf(
  product: Pick<Product, 'options' | 'stock_mode'>,
  variants: OnSale[],
  at: Date,
): ProductSight {
  const standingOf = (variant: OnSale): Standing => {
    if (whyNotForSale(variant, at)) return 'closed';
    if (variant.available === null || variant.available > 0) return 'free';
    return product.stock_mode === 'hold' ? 'waiting' : 'sold_out';
  };
  const open = variants.filter((variant) => !whyNotForSale(variant, at));
  const standing = best(variants.map(standingOf));
  const [first] = variants;
  const starts = variants.flatMap(({ starts_at }) => (starts_at && starts_at > at ? [starts_at] : []));
  const ends = open.flatMap(({ ends_at }) => ends_at ?? []);
  const closed = open.length === 0 && first ? whyNotForSale(first, at) : undefined;
  return {
    standing,
    ...(closed ? { closed } : {}),
    ...(open.length === 0 && starts.length > 0 ? { opens: earliest(starts) } : {}),
    ...(open.length > 0 && ends.length === open.length ? { closes: latest(ends) } : {}),
    left: open.reduce<number | null>(
      (sum, { available }) => (sum === null || available === null ? null : sum + available),
      0,
    ),
    values: product.options.map(({ values }, n) =>
      values.map(({ value }) => best(variants.filter(({ choice }) => choice[n] === value).map(standingOf))),
    ),
  };
}

const ORDER: Standing[] = ['free', 'waiting', 'sold_out', 'closed'];

const best = (some: Standing[]): Standing => ORDER.find((each) => some.includes(each)) ?? 'closed';

const earliest = (times: Date[]): Date => new Date(Math.min(...times.map((time) => time.getTime())));
const latest = (times: Date[]): Date => new Date(Math.max(...times.map((time) => time.getTime())));
