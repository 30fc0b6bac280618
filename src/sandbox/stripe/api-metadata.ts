import { z } from 'zod';
import { flaw } from './api-params.ts';

const KEYS = 50;
const KEY_LENGTH = 40;
const VALUE_LENGTH = 500;

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `metadata`, within Stripe's limits (API reference, "Metadata"). An empty value leaves its key out. */
export const metadata = z
  .custom<Record<string, unknown> | ''>((value) => value === '' || isHash(value), 'Invalid object')
  .transform((given, ctx): Record<string, string> => {
    const entries = given === '' ? [] : Object.entries(given);
    if (entries.length > KEYS)
      return flaw(ctx, `Metadata can have up to ${KEYS} keys, but you passed in ${entries.length} keys.`);
    const kept: Record<string, string> = {};
    for (const [key, value] of entries) {
      if (key.length > KEY_LENGTH)
        return flaw(
          ctx,
          `Metadata keys can have up to ${KEY_LENGTH} characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
        );
      // A bracket in a key reads as a hash inside of the metadata.
      if (typeof value !== 'string' || /[[\]]/.test(key))
        return flaw(
          ctx,
          `Metadata keys can't have square brackets and values must be strings. Invalid key: ${key}`,
        );
      if (value.length > VALUE_LENGTH)
        return flaw(
          ctx,
          `Metadata values can have up to ${VALUE_LENGTH} characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
        );
      if (value !== '') kept[key] = value;
    }
    return kept;
  });
