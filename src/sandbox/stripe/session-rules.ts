import { isChargeable } from './account.ts';
import { largestAmount, money, smallestAmount, stepOf } from './currencies.ts';
import { customerNamed } from './customer.ts';
import { methodTypesFor } from './payment-methods.ts';
import { invalid, noSuch } from './refusals.ts';
import type { SessionParams } from './session-params.ts';
import { checkSplit } from './split-params.ts';
import { type Stand, unixTime } from './stand.ts';

const MINUTE = 60;
const SHORTEST = 30 * MINUTE;
const LONGEST = 24 * 60 * MINUTE;

/**
 * Refuses a session whose parameters do not fit each other, the time or the amounts that Stripe charges.
 * @throws Refusal 400
 */
export function checkSession(stand: Stand, params: SessionParams): void {
  if (!isChargeable(stand)) throw invalid('Your account cannot currently make charges.');
  checkCustomer(stand, params);
  if (params.mode === 'setup') checkSetup(params);
  else checkPayment(stand, params);
  checkExpiry(params, unixTime(stand.clock));
  if (methodTypesFor(currencyOf(params), params).length === 0)
    throw invalid('No valid payment method types for this Checkout Session.');
}

function checkPayment(stand: Stand, params: SessionParams): void {
  missing(params.line_items, 'line_items');
  if (params.setup_intent_data !== undefined)
    throw invalid('You can not pass `setup_intent_data` in `payment` mode.', { param: 'setup_intent_data' });
  params.line_items?.forEach(checkLine);
  params.shipping_options?.forEach(checkShippingOption);
  const currency = checkCurrencies(params);
  const amount = checkAmounts(params, currency);
  const name = (...path: string[]): string =>
    `payment_intent_data${path.map((part) => `[${part}]`).join('')}`;
  checkSplit(stand, params.payment_intent_data ?? {}, { amount, currency }, name);
  checkTax(stand, params);
}

/** What is about a payment has no place in a session that takes no money. */
function checkSetup(params: SessionParams): void {
  const ofPayments = [
    'line_items',
    'payment_intent_data',
    'saved_payment_method_options',
    'shipping_options',
    'submit_type',
  ] as const;
  const param = ofPayments.find((name) => params[name] !== undefined);
  if (param) throw invalid(`You can not pass \`${param}\` in \`setup\` mode.`, { param });
  if (params.currency === undefined && params.allowed_payment_method_types === undefined)
    missing(params.currency, 'currency');
}

function checkCustomer(stand: Stand, params: SessionParams): void {
  const { customer, customer_email, customer_update, saved_payment_method_options } = params;
  if (customer !== undefined && customer_email !== undefined)
    throw invalid('You may only specify one of these parameters: customer, customer_email.', {
      code: 'parameters_exclusive',
      param: 'customer',
    });
  if (customer !== undefined) {
    const { address, shipping } = customer_update ?? {};
    customerNamed(stand, customer, 400);
    if (params.automatic_tax?.enabled && address !== 'auto' && shipping !== 'auto')
      throw invalid(
        "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      );
    return;
  }
  if (customer_update !== undefined)
    throw invalid('`customer_update` can only be used with `customer`.', { param: 'customer_update' });
  if (saved_payment_method_options?.payment_method_save === 'enabled')
    throw invalid('`payment_method_save` needs a customer whose the payment method is to be.', {
      param: 'saved_payment_method_options[payment_method_save]',
    });
}

function checkLine(line: LineParams, index: number): void {
  const param = `line_items[${index}]`;
  const { price, price_data, quantity } = line;
  exactlyOne(param, { price, price_data });
  if (price !== undefined) throw noSuch('price', price, `${param}[price]`, 400);
  exactlyOne(`${param}[price_data]`, {
    product: price_data?.product,
    product_data: price_data?.product_data,
  });
  if (price_data?.product !== undefined)
    throw noSuch('product', price_data.product, `${param}[price_data][product]`, 400);
  missing(price_data?.unit_amount, `${param}[price_data][unit_amount]`);
  missing(quantity, `${param}[quantity]`);
}

function checkShippingOption(option: ShippingOption, index: number): void {
  const param = `shipping_options[${index}]`;
  const { shipping_rate, shipping_rate_data } = option;
  exactlyOne(param, { shipping_rate, shipping_rate_data });
  if (shipping_rate !== undefined)
    throw noSuch('shipping rate', shipping_rate, `${param}[shipping_rate]`, 400);
  missing(shipping_rate_data?.fixed_amount, `${param}[shipping_rate_data][fixed_amount]`);
}

type LineParams = NonNullable<SessionParams['line_items']>[number];
type ShippingOption = NonNullable<SessionParams['shipping_options']>[number];

function missing(value: unknown, param: string): void {
  if (value === undefined)
    throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
}

function exactlyOne(param: string, choices: Record<string, unknown>): void {
  const names = Object.keys(choices);
  const given = names.filter((name) => choices[name] !== undefined);
  if (given.length === 0)
    throw invalid(`You must specify either ${names.map((name) => `\`${name}\``).join(' or ')} in ${param}.`, {
      code: 'parameter_missing',
      param,
    });
  if (given.length > 1)
    throw invalid(`You may only specify one of these parameters: ${names.join(', ')}.`, {
      code: 'parameters_exclusive',
      param,
    });
}

/** The currency that a session is in. */
export const currencyOf = ({ line_items, currency = '' }: SessionParams): string =>
  line_items?.[0]?.price_data?.currency ?? currency;

/** Everything on a session is in one currency. @returns it */
function checkCurrencies(params: SessionParams): string {
  const currency = currencyOf(params);
  const lines = params.line_items ?? [];
  const others = [
    ...lines.map((line, i) => [line.price_data?.currency, `line_items[${i}][price_data][currency]`]),
    ...(params.shipping_options ?? []).map((option, i) => [
      option.shipping_rate_data?.fixed_amount?.currency,
      `shipping_options[${i}][shipping_rate_data][fixed_amount][currency]`,
    ]),
    [params.currency ?? currency, 'currency'],
  ];
  const other = others.find(([found]) => found !== currency);
  if (other)
    throw invalid(
      `The Checkout Session's currency is ${currency}: all prices and shipping rates must be in it, but found ${other[0]}.`,
      { param: other[1] },
    );
  return currency;
}

/** @returns what is to be paid at least: the items and the first rate */
function checkAmounts(params: SessionParams, currency: string): number {
  const step = stepOf(currency);
  const lines = params.line_items ?? [];
  const prices = lines.map((line) => line.price_data?.unit_amount ?? 0);
  const rates = (params.shipping_options ?? []).map(
    (option) => option.shipping_rate_data?.fixed_amount?.amount ?? 0,
  );
  const uneven = [...prices, ...rates].find((amount) => amount % step !== 0);
  if (uneven !== undefined)
    throw invalid(`Invalid amount: ${uneven}. Amounts in ${currency} must be multiples of ${step}.`, {
      code: 'parameter_invalid_integer',
    });
  const subtotal = prices.reduce((sum, price, i) => sum + price * (lines[i]?.quantity ?? 0), 0);
  const total = subtotal + (rates[0] ?? 0);
  if (total > 0 && total < smallestAmount(currency))
    throw invalid(
      `The Checkout Session's total amount due must add up to at least ${money(smallestAmount(currency), currency)} ${currency}`,
      { code: 'amount_too_small' },
    );
  if (subtotal + Math.max(0, ...rates) > largestAmount(currency))
    throw invalid(
      `The Checkout Session's total amount due must be no more than ${money(largestAmount(currency), currency)}`,
      { code: 'amount_too_large' },
    );
  return total;
}

/** Tax can be found only where it is said whether prices have it in them. */
function checkTax({ store }: Stand, { automatic_tax: tax, ...params }: SessionParams): void {
  const { liability } = tax ?? {};
  const isAccount = liability?.type === 'account';
  if (liability && isAccount !== (liability.account !== undefined))
    throw invalid('`automatic_tax[liability][account]` goes with the type `account`, and with it only.', {
      param: 'automatic_tax[liability][account]',
    });
  const account = liability?.account === undefined ? undefined : store.connected.get(liability.account);
  if (liability?.account !== undefined && (!account || account.gone))
    throw noSuch('account', liability.account, 'automatic_tax[liability][account]', 400);
  if (!tax?.enabled) return;
  const unsaid = (behavior: string | undefined): boolean => (behavior ?? 'unspecified') === 'unspecified';
  const line = (params.line_items ?? []).findIndex(({ price_data }) => unsaid(price_data?.tax_behavior));
  const rate = (params.shipping_options ?? []).findIndex((option) =>
    unsaid(option.shipping_rate_data?.tax_behavior),
  );
  if (line >= 0 || rate >= 0)
    throw invalid('`tax_behavior` must be specified on every price and shipping rate for automatic tax.', {
      param:
        line >= 0
          ? `line_items[${line}][price_data][tax_behavior]`
          : `shipping_options[${rate}][shipping_rate_data][tax_behavior]`,
    });
}

function checkExpiry({ expires_at }: SessionParams, now: number): void {
  if (expires_at === undefined) return;
  const param = { param: 'expires_at' };
  if (expires_at < now + SHORTEST)
    throw invalid(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      param,
    );
  if (expires_at > now + LONGEST)
    throw invalid(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      param,
    );
}
