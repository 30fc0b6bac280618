import { z } from 'zod';
import {
  country,
  currency,
  downloadFile,
  downloadUrl,
  email,
  image,
  line,
  locale,
  merchantId,
  price,
  sku,
  tag,
  taxCode,
  time,
  timezone,
  username,
  wholeNumber,
  xId,
} from './catalog-fields.ts';
import { say } from './catalog-texts.ts';
import { isId } from './snowflake.ts';

/** How long after payment shoppers may cancel, unless the merchant says otherwise. */
export const CANCEL_HOURS = 24;
/** How long a piece is kept for a cart, unless the product says otherwise. */
export const HOLD_MINUTES = 1440;

/** For how many days a digital product can be downloaded, and how often, unless it says otherwise. */
export const DELIVERY_DAYS = 30;
export const DELIVERY_TIMES = 5;

/** A key of the file, and what it says: the descriptions of the JSON Schema. */
const key = <T extends z.ZodType>(description: string, type: T): T => type.meta({ description });

const optionValue = z.strictObject({
  value: key(
    'The value as it stands in the SKUs of variants and in carts, as RED. Replies may use it, too.',
    sku,
  ),
  words: key(
    'What shoppers call it, in their languages. Common names of colours and sizes are known already.',
    z.array(line(40)).default([]),
  ),
});
const productOption = z.strictObject({
  name: key('What is chosen, as color or size.', line(40)),
  values: key('What there is to choose from.', z.array(optionValue).min(1, say('no_values'))),
});

const from = key('When replies begin to count, with the time zone: 2026-12-01T00:00:00Z.', time.optional());
const until = key('When replies cease to count.', time.optional());

/** What is otherwise with one variant than with its product. */
const variant = z.strictObject({
  sku: key('The product’s SKU, then its option values: TEE-RED-XL.', sku),
  stock: key('Pieces of this variant offered in all.', wholeNumber(0).optional()),
  limit: key('How many of this variant one shopper may have.', wholeNumber(1).optional()),
  paused: key('Whether replies are refused for now.', z.boolean().optional()),
  from,
  until,
});

const delivery = z.strictObject({
  file: key(
    'What is downloaded: a file below the folder that the operator has set, as books/glazes.pdf.',
    downloadFile.optional(),
  ),
  url: key(
    'Or the address where it is downloaded: whoever opens the link is sent there.',
    downloadUrl.optional(),
  ),
  expires_days: key(
    `For how many days after the payment: ${DELIVERY_DAYS} unless said otherwise.`,
    wholeNumber(1, 3650).default(DELIVERY_DAYS),
  ),
  downloads: key(
    `How many times, for each piece: ${DELIVERY_TIMES} unless said otherwise.`,
    wholeNumber(1, 1000).default(DELIVERY_TIMES),
  ),
});

const donation = z.strictObject({
  minimum: key('The least that is taken, in quotes: "5.00".', price),
  maximum: key('The most. What is above is likelier a slip than a gift.', price),
  presets: key(
    'Amounts to choose from with a tap, as ["10.00", "25.00"].',
    z.array(price).max(6, say('too_many_presets')).default([]),
  ),
});

const price_policy = key(
  'What one costs who replies today and pays later. current: the price of the day of the payment. promised: for promised_hours the price at the reply, then that of the day. lower_of: the lower of the two.',
  z.enum(['current', 'promised', 'lower_of']).default('current'),
);
const promised_hours = key(
  'For how many hours the price at the reply counts. lower_of needs none: then it counts for as long as the product waits in the cart.',
  wholeNumber(1, 8760).optional(),
);

const postEntry = z.union([
  z.string(),
  z.strictObject({
    url: key('The address of a post that offers it.', z.string()),
    price: key('What it costs for replies to this post alone, in quotes: an offer.', price),
  }),
]);
const countries = z.array(country).min(1, say('no_countries'));
const zone = z.strictObject({
  countries: key('Where to, as [US, CA].', countries),
  rate: key('What shipping costs there, per order.', price),
  free_from: key('The value of goods from which on it costs nothing.', price.optional()),
});

const product = z.strictObject({
  sku: key('Your own name of the product; it names it in orders. It must not change later.', sku),
  title: key('What the product is called in carts, mails and at the checkout.', line(200)),
  words: key('What shoppers call it: tells products of one post apart.', z.array(line(40)).default([])),
  price: key(
    'The price of one in the merchant’s currency, in quotes: "18.00". A donation has none.',
    price.optional(),
  ),
  price_policy,
  promised_hours,
  kind: key(
    'Physical goods are shipped, digital ones are downloaded; a service is given to whoever shows the code that comes by mail; of a donation the shopper says how much.',
    z.enum(['physical', 'digital', 'service', 'donation']).default('physical'),
  ),
  limit: key(
    'How many one shopper may have, over all variants, open cart and orders together. Without it there is no limit.',
    wholeNumber(1).optional(),
  ),
  stock: key(
    'Pieces offered in all, of each variant; what is sold is counted off. Without it stock is not counted.',
    wholeNumber(0).optional(),
  ),
  stock_mode: key(
    'hold keeps pieces for carts; first_paid gives them to whoever pays first; none does not count them. Without it: hold where there is a stock.',
    z.enum(['none', 'hold', 'first_paid']).optional(),
  ),
  hold_minutes: key(
    `How long a piece is kept for a cart: ${HOLD_MINUTES} unless said otherwise.`,
    wholeNumber(1).optional(),
  ),
  paused: key('Whether replies are refused for now.', z.boolean().default(false)),
  sensitive: key(
    'Whether nobody else is to know who wants it: no reply to it is acknowledged in public, and no subject of a mail names it.',
    z.boolean().default(false),
  ),
  from,
  until,
  image: key(
    'A picture, which the pages of carts and of the product show: its address, https://…, or /pictures/ and a file below the folder PICTURES.',
    image.optional(),
  ),
  delivery: key('How a digital product is delivered: a link to it comes by mail.', delivery.optional()),
  donation: key('How much a donation may be.', donation.optional()),
  tax_code: key(
    'What it is to the tax, as txcd_99999999: Stripe lists the codes. Without it the account’s settings at Stripe decide.',
    taxCode.optional(),
  ),
  options: key(
    'What shoppers choose: each combination of values is a variant.',
    z.array(productOption).default([]),
  ),
  variants: key('What is otherwise for single variants.', z.array(variant).default([])),
  posts: key(
    'The posts that offer it: addresses or, where it costs something else for replies to one of them, { url, price }.',
    z.array(postEntry).min(1, say('no_posts')),
  ),
});

const account = z.strictObject({
  username: key('The handle, without @.', username),
  user_id: key('The number that X gave the account, in quotes: handles change, numbers do not.', xId),
});

const merchant = z.strictObject({
  id: key('Your own name of this merchant, in addresses and records. It must not change later.', merchantId),
  name: key('The name that shoppers read.', line(60)),
  x: key(
    'The X account whose posts offer the products. It may stand in several entries, one for each market.',
    account,
  ),
  currency: key('The currency of all prices: three capital letters, as USD.', currency),
  locale: key('The language of mails and pages, as en-US.', locale),
  timezone: key('The time zone of dates in mails, as America/New_York.', timezone),
  support_email: key('Where shoppers reach you: mails are answered to this address.', email),
  postal_address: key('The address that stands below each mail.', line(300)),
  returns: key('What holds for returns, in a sentence.', line(500)),
  cancel_hours: key(
    'How many hours after payment a shopper may cancel an order that is not on its way; 0: not at all.',
    wholeNumber(0, 720).default(CANCEL_HOURS),
  ),
  shipping: key(
    'How physical goods are shipped: countries and flat_rate, or zones.',
    z
      .strictObject({
        countries: key('Where to, as [US, CA].', countries.optional()),
        flat_rate: key('What shipping costs, per order.', price.optional()),
        free_from: key('The value of goods from which on it costs nothing.', price.optional()),
        zones: key(
          'Countries with rates of their own, where you sell most first; in place of the other keys.',
          z.array(zone).min(1, say('no_zones')).optional(),
        ),
      })
      .optional(),
  ),
  tax: key(
    'automatic has Stripe find the tax of each sale; none leaves it to you.',
    z.enum(['none', 'automatic']).default('none'),
  ),
  prices_include_tax: key(
    'Whether the tax that Stripe finds is part of your prices, as in Europe, or added to them, as in the US.',
    z.boolean().default(false),
  ),
  accept_quotes: key(
    'Whether a quote of a product post counts as a reply to it.',
    z.boolean().default(false),
  ),
  first_contact: key(
    'What your account answers, once in a week, to somebody who has not linked an account yet: hint says where the way is, link posts its address ($0.20 each), none says nothing.',
    z.enum(['hint', 'link', 'none']).default('hint'),
  ),
  acknowledge: key(
    'Which replies of linked shoppers your account answers: problems, what needs another word of theirs; all; or none.',
    z.enum(['none', 'problems', 'all']).default('none'),
  ),
  hashtags: key(
    'The tags by which replies tell what they want.',
    z.strictObject({
      add: key('Puts the product into the cart.', z.array(tag).min(1, say('no_tags'))),
      remove: key('Takes it out of the cart.', z.array(tag).default([])),
      buy: key('Buys the product. Who has kept no card finds it in the cart.', z.array(tag).default([])),
      donate: key(
        'Gives to what the post asks for: #Donate 25. For other products it goes the way of add.',
        z.array(tag).default([]),
      ),
      stop: key('Ends all mail about carts, and every later reply is left alone.', z.array(tag).default([])),
    }),
  ),
  products: key('What is sold.', z.array(product)),
});

/** A product by itself, as a line of a table. */
export const productEntry = product;

/** Merchants' entries by themselves, for a file of which others are faulty. */
export const merchantEntries = z.array(merchant);

/** A catalog as merchants write it. What one part says of another is checked by catalog-faults.ts. */
export const catalogFile = z.strictObject({
  version: key('The version of this format.', z.literal(1, say('version'))),
  bot: key(
    'The operator’s own X account: its posts are never orders. It stands in one file at most.',
    account.optional(),
  ),
  merchants: key('Who sells.', merchantEntries.min(1, say('no_merchants'))),
});

export type CatalogFile = z.infer<typeof catalogFile>;
export type MerchantEntry = CatalogFile['merchants'][number];
export type ProductEntry = MerchantEntry['products'][number];
export type PostEntry = z.infer<typeof postEntry>;
export type ProductOption = z.infer<typeof productOption>;
export type Bot = NonNullable<CatalogFile['bot']>;
export type Hashtags = MerchantEntry['hashtags'];
/** Where a merchant's entry says that it ships to: the short form is one zone. */
export function zonesOf({ zones, countries, flat_rate, free_from }: NonNullable<MerchantEntry['shipping']>) {
  if (zones) return zones;
  return countries && flat_rate !== undefined ? [{ countries, rate: flat_rate, free_from }] : [];
}

/** How much a donation may be, and what is offered with a tap. Amounts in minor units. */
export interface Donation {
  minimum: number;
  maximum: number;
  presets: number[];
}
/** A post that offers a product, however it is written, with the price that holds there alone, if one does. */
export const offeredAt = (post: PostEntry): { url: string; price?: string } =>
  typeof post === 'string' ? { url: post } : post;

/** A post's address. */
export const postAddress = (handle: string, id: string): string => `https://x.com/${handle}/status/${id}`;

/** The account and the id that a post's address names. */
export function readPostAddress(address: string): { username: string; id: string } | undefined {
  const [, username, id] =
    /^https:\/\/(?:www\.)?(?:x|twitter)\.com\/(\w{1,15})\/status\/([1-9]\d{0,18})\/?(?:\?[!-~]*)?$/.exec(
      address,
    ) ?? [];
  return username !== undefined && id !== undefined && isId(id) ? { username, id } : undefined;
}

/** The id in a post's address, if it is the address of a post of that account. */
export function postIdOf(address: string, handle: string): string | undefined {
  const post = readPostAddress(address);
  return post?.username.toLowerCase() === handle.toLowerCase() ? post.id : undefined;
}
