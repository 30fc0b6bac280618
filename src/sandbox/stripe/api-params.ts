import qs from 'qs';
import { z } from 'zod';
import { COUNTRIES } from './countries.ts';
import { isCurrency } from './currencies.ts';

/** The kinds of parameters that a form can carry: everything arrives as text. */

/** Reads a body or a query in the brackets style: `line_items[0][price_data][currency]=usd`. */
export const parseForm = (form: string): Record<string, unknown> =>
  qs.parse(form, { depth: 20, arrayLimit: 1_000, parameterLimit: 20_000 });

/** Marks a value as one that Stripe refuses. @param code one of Stripe's error codes */
export function flaw(ctx: z.RefinementCtx, message: string, code?: string): never {
  ctx.addIssue({ code: 'custom', message, params: { code } });
  return z.NEVER;
}

/** Text with at least one character: Stripe takes an empty one for an attempt to unset something. */
export const text = (longest = 5_000) => z.string().min(1).max(longest);

/** A whole number, without a fraction even if that is `.00`. */
export const integer = (smallest: number, largest = Number.MAX_SAFE_INTEGER) =>
  z.string().transform((value, ctx): number => {
    const number = /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
    if (number === undefined) return flaw(ctx, `Invalid integer: ${value}`, 'parameter_invalid_integer');
    if (number < smallest)
      return flaw(
        ctx,
        `This value must be greater than or equal to ${smallest}.`,
        'parameter_invalid_integer',
      );
    if (number > largest)
      return flaw(ctx, `This value must be less than or equal to ${largest}.`, 'parameter_invalid_integer');
    return number;
  });

export const flag = z
  .string()
  .transform(
    (value, ctx): boolean =>
      value === 'true' || (value === 'false' ? false : flaw(ctx, `Invalid boolean: ${value}`)),
  );

/** A switch of something that the stand-in does not do: it may be said to be off. */
export const off = (what: string) =>
  flag.transform((on, ctx): false =>
    on ? flaw(ctx, `The stand-in for Stripe does not simulate ${what}.`, 'not_simulated') : false,
  );

/**
 * One of some words.
 * @param all the words that Stripe takes
 * @param simulated those of them that the stand-in acts on
 */
export const choice = <T extends string>(all: readonly string[], simulated: readonly T[]) =>
  z.string().transform((value, ctx): T => {
    const found = simulated.find((word) => word === value);
    if (found !== undefined) return found;
    return all.includes(value)
      ? flaw(ctx, `The stand-in for Stripe does not simulate \`${value}\` here.`, 'not_simulated')
      : flaw(ctx, `must be one of ${all.join(', ')}`, 'choice');
  });

/** An e-mail address, as far as Stripe looks at it. */
export const email = text(512).refine((value) => /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(value), {
  error: (issue) => `Invalid email address: ${issue.input}`,
  params: { code: 'email_invalid' },
});

export const url = text().refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), {
  error: 'Not a valid URL',
  params: { code: 'url_invalid' },
});

/** A currency's code in small letters. */
export const currency = text(10)
  .toLowerCase()
  .refine(isCurrency, { error: (issue) => `Invalid currency: ${issue.input}` });

export const country = text(10).refine((code) => COUNTRIES.has(code), {
  error: (issue) => `Invalid country: ${issue.input} is not one of the countries that Stripe ships to`,
});

/** A country's code: Stripe has accounts in fewer than there are. */
export const region = text(2).regex(/^[A-Z]{2}$/, 'Invalid country');

/** A moment in whole seconds since 1970. */
export const timestamp = integer(0);
