/** How Stripe counts the currencies that it charges in (Stripe documentation, "Supported currencies"). */
const CODES = new Set(
  `aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp
   cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr
   isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn
   myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle
   sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx usd uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw`
    .trim()
    .split(/\s+/),
);

const WITHOUT_DECIMALS = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
/** Their last digit must be 0. */
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
/** Without decimals as well, but sent times 100: the last two digits must be 00. */
const WHOLE_TIMES_100 = new Set(['isk', 'ugx']);

/** The smallest charges, in minor units. For the others about 0.50 USD holds, here: 50 of the usual cents. */
const MINIMUMS: Record<string, number> = {
  aed: 200,
  bgn: 100,
  czk: 1_500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  jpy: 50,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1_000,
};

/** Of any currency: twelve digits. */
export const LARGEST_AMOUNT = 999_999_999_999;

/** Eight digits, more where a unit is worth little. */
export const largestAmount = (code: string): number => LONG[code] ?? 99_999_999;

const LONG: Record<string, number> = {
  ...{ cop: 9_999_999_999, huf: 9_999_999_999, jpy: 9_999_999_999 },
  ...{ idr: LARGEST_AMOUNT, lbp: LARGEST_AMOUNT },
};

export const isCurrency = (code: string): boolean => CODES.has(code);

export const smallestAmount = (code: string): number =>
  MINIMUMS[code] ?? (THREE_DECIMALS.has(code) ? 500 : 50);

/** What every amount of a currency must be a multiple of, in minor units. */
export function stepOf(code: string): number {
  if (WHOLE_TIMES_100.has(code)) return 100;
  return THREE_DECIMALS.has(code) ? 10 : 1;
}

const exponentOf = (code: string): number =>
  WITHOUT_DECIMALS.has(code) ? 0 : THREE_DECIMALS.has(code) ? 3 : 2;

/** What one unit of any currency is in units of any other: rates are not simulated, only that there are some. */
const RATE = 1.25;

/** What an amount is on a balance of another currency, in minor units of each. */
export function exchanged(
  amount: number,
  from: string,
  to: string,
): { amount: number; exchange_rate: number | null } {
  if (from === to) return { amount, exchange_rate: null };
  return {
    amount: Math.round(amount * RATE * 10 ** (exponentOf(to) - exponentOf(from))),
    exchange_rate: RATE,
  };
}

/** An amount in minor units as Stripe writes it for people: 1800 `usd` is "$18.00". */
export function money(amount: number, code: string): string {
  const exponent = exponentOf(code);
  const shown = WHOLE_TIMES_100.has(code) ? 0 : exponent;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: code,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(amount / 10 ** exponent);
}
