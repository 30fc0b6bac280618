import { z } from 'zod';
import { isCurrency } from './currency.ts';
import { findHashtags } from './hashtags.ts';
import { isOneLine } from './text.ts';

/** Ids of X must stand in quotes: as a bare number YAML rounds them. */
const xId = z.string().regex(/^[1-9]\d{0,18}$/, 'must be the number that X gave, in quotes');
const username = z.string().regex(/^\w{1,15}$/, 'must be an X handle without @');
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must have at most ${most} characters`)
    .refine(isOneLine, 'must be one line without control or direction characters');
const sku = z
  .string()
  .regex(
    /^[\p{L}\p{Nd}][\p{L}\p{Nd}._-]{0,63}$/u,
    'must be 1 to 64 letters, digits, dots, dashes or underscores',
  );
const time = z.iso.datetime({ offset: true, error: 'must be a time with its zone, as 2026-11-01T00:00:00Z' });
const tag = z.string().refine((text) => {
  const [found] = findHashtags(text);
  return found !== undefined && found.start === 0 && found.end === text.length;
}, 'is not one hashtag to X: write # and letters, digits or underscores, with at least one letter');
const price = z.string().regex(/^\d+(\.\d+)?$/, 'must be an amount in quotes, as "18.00"');
const wholeNumber = (least: number) =>
  z.int('must be a whole number').min(least, `must be ${least} or more`).max(1_000_000);

const isKnownTo = (probe: () => unknown): boolean => {
  try {
    return Boolean(probe());
  } catch {
    return false;
  }
};
/** Where Stripe's Checkout takes no address. */
const NO_ADDRESSES = new Set('AS CC CU CX FM HM IR KP MH MP NF PW SY UM VI'.split(' '));
const country = z
  .string()
  .refine(
    (code) =>
      /^[A-Z]{2}$/.test(code) &&
      !NO_ADDRESSES.has(code) &&
      isKnownTo(() => new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code)),
    'must be the two letters of a country that Stripe ships to, as US',
  );

const optionValue = z.strictObject({ value: sku, words: z.array(line(40)).default([]) });
const productOption = z.strictObject({
  name: line(40),
  values: z.array(optionValue).min(1, 'needs at least one value'),
});

const product = z.strictObject({
  sku,
  title: line(200),
  words: z.array(line(40)).default([]),
  price,
  kind: z.enum(['physical', 'digital']).default('physical'),
  limit: wholeNumber(1).optional(),
  stock: wholeNumber(0).optional(),
  paused: z.boolean().default(false),
  from: time.optional(),
  until: time.optional(),
  delivery: z
    .strictObject({
      url: z.url({ protocol: /^https$/, error: 'must be an address that starts with https://' }),
    })
    .optional(),
  options: z.array(productOption).default([]),
  variants: z.array(z.strictObject({ sku, stock: wholeNumber(0) })).default([]),
  posts: z.array(z.string()).min(1, 'needs at least one post: the address of a post that offers it'),
});

const merchant = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits or dashes'),
  name: line(60),
  x: z.strictObject({ username, user_id: xId }),
  currency: z
    .string()
    .refine(isCurrency, 'is not a currency that Stripe takes: write three capital letters, as USD'),
  locale: z
    .string()
    .refine(
      (text) => isKnownTo(() => Intl.getCanonicalLocales(text).length),
      'must be a language tag, as en-US',
    ),
  timezone: z
    .string()
    .refine(
      (text) => isKnownTo(() => new Intl.DateTimeFormat('en', { timeZone: text })),
      'must be a time zone, as America/New_York',
    ),
  support_email: z.email('must be an e-mail address'),
  postal_address: line(300),
  returns: line(500),
  shipping: z
    .strictObject({ countries: z.array(country).min(1), flat_rate: price, free_from: price.optional() })
    .optional(),
  accept_quotes: z.boolean().default(false),
  hashtags: z.strictObject({
    add: z.array(tag).min(1, 'needs at least one tag'),
    remove: z.array(tag).default([]),
    buy: z.array(tag).default([]),
    donate: z.array(tag).default([]),
    stop: z.array(tag).default([]),
  }),
  products: z.array(product),
});

/** A catalog as merchants write it. What one part says of another is checked by catalog-faults.ts. */
export const catalogFile = z.strictObject({
  version: z.literal(1, 'must be 1'),
  bot: z.strictObject({ username, user_id: xId }).optional(),
  merchants: z.array(merchant).min(1, 'needs at least one merchant'),
});

export type CatalogFile = z.infer<typeof catalogFile>;
export type MerchantEntry = CatalogFile['merchants'][number];
export type ProductEntry = MerchantEntry['products'][number];
export type ProductOption = z.infer<typeof productOption>;
export type Bot = NonNullable<CatalogFile['bot']>;
export type Hashtags = MerchantEntry['hashtags'];
/** Amounts in minor units. */
export interface Shipping {
  countries: string[];
  flat_rate: number;
  free_from: number | null;
}

/** The id in a post's address, if it is the address of a post of that account. */
export function postIdOf(address: string, handle: string): string | undefined {
  const match =
    /^https:\/\/(?:www\.)?(?:x|twitter)\.com\/(\w{1,15})\/status\/([1-9]\d{0,18})\/?(?:\?.*)?$/.exec(address);
  return match && match[1]?.toLowerCase() === handle.toLowerCase() ? match[2] : undefined;
}
