import { z } from 'zod';
import { say } from './catalog-texts.ts';
import { isCurrency } from './currency.ts';
import { findHashtags } from './hashtags.ts';
import { pictureFile, pictureType } from './picture.ts';
import { isId } from './snowflake.ts';
import { isOneLine } from './text.ts';
import { isTimeZone } from './time-zone.ts';

/** Ids of X must stand in quotes: as a bare number YAML rounds them. */
export const xId = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, { error: say('x_id'), abort: true })
  .refine(isId, say('x_id'));

export const username = z.string().regex(/^\w{1,15}$/, say('username'));

export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, say('empty'))
    .max(most, say('too_long', { most }))
    .refine(isOneLine, say('not_one_line'));

export const sku = z.string().regex(/^[\p{L}\p{Nd}][\p{L}\p{Nd}._-]{0,63}$/u, say('sku'));

/** Years before X are mistakes, and the year 0 is none to PostgreSQL. */
export const time = z.iso
  .datetime({ offset: true, error: say('time') })
  .refine((text) => text >= '2006', say('time'));

export const tag = z
  .string()
  .max(100, say('too_long', { most: 100 }))
  .refine((text) => {
    const [found] = findHashtags(text);
    return found !== undefined && found.start === 0 && found.end === text.length && isOneLine(text);
  }, say('tag'));

export const price = z.string().regex(/^\d+(\.\d+)?$/, say('price'));

export const wholeNumber = (least: number, most = 1_000_000) =>
  z.int(say('not_whole')).min(least, say('too_small', { least })).max(most, say('too_big', { most }));

const isKnownTo = (probe: () => unknown): boolean => {
  try {
    return Boolean(probe());
  } catch {
    return false;
  }
};

/** Where Stripe's Checkout takes no address. */
const NO_ADDRESSES = new Set('AS CC CU CX FM HM IR KP MH MP NF PW SY UM VI'.split(' '));
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

export const country = z
  .string()
  .refine(
    (code) => /^[A-Z]{2}$/.test(code) && !NO_ADDRESSES.has(code) && isKnownTo(() => regions.of(code)),
    say('country'),
  );

export const currency = z.string().refine(isCurrency, say('currency'));

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** "english" is a language tag by its form, and no language. */
export const locale = z
  .string()
  .refine((text) => isKnownTo(() => languageNames.of(new Intl.Locale(text).language)), say('locale'));

export const timezone = z.string().refine(isTimeZone, say('timezone'));

export const email = z.email(say('email'));

export const downloadUrl = z
  .url({ protocol: /^https$/, error: say('delivery_url') })
  .refine(isOneLine, say('delivery_url'));

export const downloadFile = z
  .string()
  .max(300, say('too_long', { most: 300 }))
  .refine((text) => isPathBelow(text), say('delivery_file'));

/** A path below a folder that the operator names: nothing leads out of it. */
const isPathBelow = (text: string): boolean =>
  isOneLine(text) &&
  !text.includes('\\') &&
  text.split('/').every((part) => part.trim() !== '' && part !== '.' && part !== '..');

/** A picture: a file below the folder of pictures, or an address elsewhere. */
export const image = z
  .string()
  .max(2000, say('too_long', { most: 2000 }))
  .refine((text) => isPictureHere(text) || isPictureUrl(text), say('image'));

function isPictureHere(text: string): boolean {
  const file = pictureFile(text);
  return file !== undefined && isPathBelow(file) && pictureType(file) !== undefined;
}

/** Browsers of shoppers load it: no name and password in it, and a host that a page can allow by name. */
function isPictureUrl(text: string): boolean {
  if (!isOneLine(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isPublic = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname) && username === '' && password === '';
  return protocol === 'https:' && isPublic;
}

/** Stripe's list of them is long and grows: the account's own settings say which are wrong. */
export const taxCode = z.string().regex(/^txcd_\d{8}$/, say('tax_code'));

export const merchantId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, say('merchant_id'));
