import type { z } from 'zod';
import { nearest } from './nearest.ts';
import type { Source } from './source.ts';

type Block = Record<PropertyKey, unknown>;

/**
 * In place of faulty values: right by themselves, and nothing that another part could be found wrong by. What has
 * none is compared with other parts. `undefined`: the key may be missing.
 */
export interface StandIns {
  [key: string]: unknown;
}

export const ofMerchant = (m: number): StandIns => ({
  id: `stand-in-${m}`,
  name: '–',
  locale: 'en',
  timezone: 'UTC',
  support_email: 'a@b.example',
  postal_address: '–',
  returns: '–',
  cancel_hours: undefined,
  shipping: { countries: ['US'], flat_rate: '1' },
  tax: 'automatic',
  prices_include_tax: undefined,
  accept_quotes: undefined,
  first_contact: undefined,
  acknowledge: undefined,
  hashtags: { add: ['#stand_in'] },
});

export const ofProduct = (): StandIns => ({
  title: '–',
  price: '99999',
  price_policy: 'lower_of',
  promised_hours: 1,
  limit: undefined,
  stock: 1,
  stock_mode: 'hold',
  hold_minutes: undefined,
  paused: undefined,
  sensitive: undefined,
  from: undefined,
  until: undefined,
  image: undefined,
  tax_code: undefined,
  delivery: { url: 'https://stand-in.example' },
});

/** In place of a faulty name in a list of them. */
const NAMES: Record<string, (n: number) => string> = {
  words: (n) => `stand-in ${n}`,
  ...Object.fromEntries(
    ['add', 'remove', 'buy', 'donate', 'stop'].map((action) => [action, (n) => `#stand_in_${action}_${n}`]),
  ),
};

/**
 * A block of a file with stand-ins for what is faulty in it, so that the rest can be compared with other parts.
 *
 * @param at where it stands in the file
 * @param issues what is faulty in it
 * @returns `undefined` where too much is faulty
 */
export function mended(
  block: unknown,
  at: PropertyKey[],
  issues: z.core.$ZodIssue[],
  standIns: StandIns,
  { written }: Source,
): Block | undefined {
  if (typeof block !== 'object' || block === null) return undefined;
  const whole = structuredClone(block) as Block;
  for (const issue of issues) {
    const path = issue.path.slice(at.length);
    const [key, last] = [path[0], path.at(-1)];
    const inner = path
      .slice(0, -1)
      .reduce((each, part) => each?.[part] as Block | undefined, whole as Block | undefined);
    const source = written(issue.path);
    const name = typeof last === 'number' ? NAMES[String(path.at(-2))] : undefined;
    if (issue.code === 'unrecognized_keys') {
      const holder = last === undefined ? whole : (inner?.[last] as Block);
      for (const unknown of issue.keys) {
        delete holder[unknown];
        const meant = nearest(unknown, Object.keys(standIns));
        if (meant !== undefined && holder === whole) whole[meant] ??= standIns[meant];
      }
    } else if (
      inner &&
      last !== undefined &&
      isUnquoted(issue) &&
      source !== undefined &&
      !/^…?$/.test(source)
    )
      inner[last] = source;
    else if (inner && name) inner[last as number] = name(last as number);
    else if (typeof key === 'string' && Object.hasOwn(standIns, key)) whole[key] = standIns[key];
    else return undefined;
  }
  return whole;
}

const isUnquoted = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'invalid_type' && issue.expected === 'string';
