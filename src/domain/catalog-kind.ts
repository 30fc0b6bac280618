import type { Report } from './catalog-faults.ts';
import { type MerchantEntry, offeredAt, type ProductEntry } from './catalog-file.ts';
import { checkAmount } from './catalog-merchant.ts';
import { checkPrices } from './catalog-prices.ts';
import { say } from './catalog-texts.ts';
import { parsePrice, smallestCharge } from './currency.ts';

/** What each kind of goods needs, and what it has not. */
export function checkKind(
  entry: ProductEntry,
  merchant: MerchantEntry,
  path: PropertyKey[],
  report: Report,
): void {
  const { kind, price, delivery } = entry;
  if (kind === 'physical' && !merchant.shipping) report.error([...path, 'kind'], say('no_shipping'));
  if (kind === 'digital') checkDelivery(entry, path, report);
  else if (kind !== 'donation' && delivery) report.error([...path, 'delivery'], say('delivery_of_physical'));
  if (kind === 'donation') {
    checkDonation(entry, merchant, path, report);
    return;
  }
  if (entry.donation) report.error([...path, 'donation'], say('donation_of_goods'));
  if (price === undefined) report.error(path, say('no_price'));
  else checkPrices({ ...entry, price }, merchant, path, report);
}

function checkDelivery({ delivery }: ProductEntry, path: PropertyKey[], report: Report): void {
  if (delivery?.file === undefined && delivery?.url === undefined)
    report.error([...path, 'kind'], say('no_delivery'));
  else if (delivery.file !== undefined && delivery.url !== undefined)
    report.error([...path, 'delivery', 'file'], say('two_deliveries'), [...path, 'delivery', 'url']);
}

/** Nothing is counted, chosen, kept or sent: only how much it is. */
const NOT_OF_DONATION = [
  'price',
  'promised_hours',
  'limit',
  'stock',
  'stock_mode',
  'hold_minutes',
  'delivery',
] as const;
const LISTS_NOT_OF_DONATION = ['options', 'variants'] as const;

function checkDonation(
  entry: ProductEntry,
  { currency }: MerchantEntry,
  path: PropertyKey[],
  report: Report,
): void {
  const foreign = [
    ...NOT_OF_DONATION.filter((key) => entry[key] !== undefined),
    ...LISTS_NOT_OF_DONATION.filter((key) => entry[key].length > 0),
  ];
  for (const key of foreign) report.error([...path, key], say('not_of_donation', { key }));
  if (entry.price_policy !== 'current')
    report.error([...path, 'price_policy'], say('not_of_donation', { key: 'price_policy' }));
  entry.posts.forEach((post, n) => {
    if (offeredAt(post).price !== undefined)
      report.error([...path, 'posts', n, 'price'], say('not_of_donation', { key: 'price' }));
  });
  if (!entry.donation) report.error([...path, 'kind'], say('no_donation'));
  else checkAmounts(entry.donation, currency, [...path, 'donation'], report);
}

function checkAmounts(
  { minimum, maximum, presets }: NonNullable<ProductEntry['donation']>,
  currency: string,
  at: PropertyKey[],
  report: Report,
): void {
  const check = (text: string, ...key: PropertyKey[]): void =>
    checkAmount(text, smallestCharge(currency), currency, [...at, ...key], report);
  check(minimum, 'minimum');
  check(maximum, 'maximum');
  for (const [n, preset] of presets.entries()) check(preset, 'presets', n);
  const [least, most] = [parsePrice(minimum, currency), parsePrice(maximum, currency)];
  if (least === undefined || most === undefined) return;
  if (most < least) report.error([...at, 'maximum'], say('maximum_below'), [...at, 'minimum']);
  else
    for (const [n, preset] of presets.entries()) {
      const amount = parsePrice(preset, currency) ?? least;
      if (amount < least || amount > most)
        report.error([...at, 'presets', n], say('preset_outside'), [
          ...at,
          amount < least ? 'minimum' : 'maximum',
        ]);
      if (presets.indexOf(preset) < n)
        report.error([...at, 'presets', n], say('second', { what: 'the amount', name: preset }));
    }
}
