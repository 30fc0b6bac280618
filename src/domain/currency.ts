/** How Stripe counts a currency (docs.stripe.com/currencies). Never `Intl`: its decimals differ for HUF, ISK and others. */
interface CurrencyRule {
  /** An amount in minor units is the price times 10 to this. */
  exponent: number;
  /** Decimals that a price may have and that are shown. */
  decimals: number;
  /** The smallest charge, in minor units. */
  minimum: number;
  /** The largest charge, in minor units. */
  maximum: number;
}

type Kind = Pick<CurrencyRule, 'exponent' | 'decimals' | 'minimum'>;
/** Also of HUF and TWD: only their payouts are in whole units, which is between Stripe and the account's bank. */
const TWO_DECIMALS: Kind = { exponent: 2, decimals: 2, minimum: 50 };
const ZERO_DECIMALS: Kind = { exponent: 0, decimals: 0, minimum: 50 };
/** The last of their three digits must be 0 at Stripe, so prices have two decimals. */
const THREE_DECIMALS: Kind = { exponent: 3, decimals: 2, minimum: 500 };
/** Without decimals, but Stripe wants them times 100. */
const WHOLE_TIMES_100: Kind = { exponent: 2, decimals: 0, minimum: 5000 };

/** Stripe's presentment currencies. */
const CODES = `
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP
  CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
  ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN
  MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE
  SOS SRD STD SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
`
  .trim()
  .split(/\s+/);

const EXCEPTIONS: Record<string, Kind> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'
      .split(' ')
      .map((code) => [code, ZERO_DECIMALS]),
  ),
  ...Object.fromEntries('BHD JOD KWD OMR TND'.split(' ').map((code) => [code, THREE_DECIMALS])),
  ISK: WHOLE_TIMES_100,
  UGX: WHOLE_TIMES_100,
};

/** Smallest charges that Stripe documents, in minor units. Elsewhere the settlement currency's holds, about 0.50 USD. */
const MINIMUMS: Record<string, number> = {
  AED: 200,
  BGN: 100,
  CZK: 1500,
  DKK: 250,
  GBP: 30,
  HKD: 400,
  HUF: 17_500,
  JPY: 50,
  MXN: 1000,
  MYR: 200,
  NOK: 300,
  PLN: 200,
  RON: 200,
  SEK: 300,
  THB: 1000,
};

/** The largest charge has eight digits. */
const EIGHT_DIGITS = 99_999_999;
/** Where Stripe takes ten digits and more. We keep amounts in 32 bits, which hold nine. */
const NINE_DIGITS = 999_999_999;
const LONG_AMOUNTS = new Set(['IDR', 'COP', 'HUF', 'JPY', 'LBP']);

const RULES = new Map<string, CurrencyRule>(
  CODES.map((code) => {
    const rule = EXCEPTIONS[code] ?? TWO_DECIMALS;
    const step = 10 ** (rule.exponent - rule.decimals);
    const maximum = LONG_AMOUNTS.has(code) ? NINE_DIGITS : EIGHT_DIGITS;
    return [code, { ...rule, minimum: MINIMUMS[code] ?? rule.minimum, maximum: maximum - (maximum % step) }];
  }),
);

/** All currencies that Stripe takes: three capital letters. */
export const CURRENCIES: readonly string[] = CODES;

export const isCurrency = (code: string): boolean => RULES.has(code);

/** @throws RangeError for a currency that Stripe does not take: catalogs are checked before */
function rule(code: string): CurrencyRule {
  const found = RULES.get(code);
  if (!found) throw new RangeError(`${code} is not a currency that Stripe takes`);
  return found;
}

/** The smallest amount that can be charged, in minor units. */
export const smallestCharge = (code: string): number => rule(code).minimum;

/** The largest amount that can be charged, in minor units. */
export const largestCharge = (code: string): number => rule(code).maximum;

/** Every amount is a multiple of this, in minor units: 1, but 10 for dinars of three decimals and 100 for krónur. */
export function stepOf(code: string): number {
  const { exponent, decimals } = rule(code);
  return 10 ** (exponent - decimals);
}

/** How many decimals a price may have. */
export const decimalsOf = (code: string): number => rule(code).decimals;

/**
 * A price as written in a catalog ("18.00") in minor units (1800). `undefined` where it is no such price: signs,
 * thousands separators, too many decimals.
 */
export function parsePrice(text: string, code: string): number | undefined {
  const { exponent, decimals } = rule(code);
  const match = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text);
  const [, whole, fraction = ''] = match ?? [];
  if (whole === undefined || fraction.length > decimals) return undefined;
  return Number(whole + fraction.padEnd(exponent, '0'));
}

/** 1800 as "18.00": the form that catalogs use. */
export function priceText(amount: number, code: string): string {
  const { exponent, decimals } = rule(code);
  const digits = String(amount).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent, digits.length - exponent + decimals);
  return fraction ? `${whole}.${fraction}` : whole;
}

/** An amount as people of a locale type it: "18.00", "18,00"; `readAmount` reads it back. */
export const typedAmount = (amount: number, code: string, locale: string): string =>
  new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    useGrouping: false,
    minimumFractionDigits: rule(code).decimals,
    maximumFractionDigits: rule(code).decimals,
  }).format(priceText(amount, code) as `${number}`);

/** An amount as people of a locale read it: "$18.00". */
export function formatMoney(amount: number, code: string, locale: string): string {
  return formatOf(locale, code).format(priceText(amount, code) as `${number}`);
}

/** A total as people read it, with the currency's code where its sign leaves open which it is: "$18.00 USD". */
export function formatTotal(amount: number, code: string, locale: string): string {
  const money = formatMoney(amount, code, locale);
  return money.includes(code) ? money : `${money} ${code}`;
}

/** The sign of a currency, as "€"; its code, where it has none. */
export const currencySign = (code: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value ?? code;

/** Making one takes longer than using it a hundred times. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, code: string): Intl.NumberFormat {
  const key = `${locale} ${code}`;
  const known = formats.get(key);
  if (known) return known;
  const { decimals } = rule(code);
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formats.set(key, format);
  return format;
}
