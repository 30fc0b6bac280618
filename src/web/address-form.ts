import { z } from 'zod';
import type { ShipTo } from '../domain/order.ts';
import { storable } from '../domain/text.ts';

const part = z
  .string()
  .max(200)
  .transform((text) => storable(text, 200).trim());
const needed = part.pipe(z.string().min(1));
const maybe = part.transform((text) => text || null).catch(null);

/** The fields of an address, wherever it is asked for. */
export const addressFields = {
  name: needed,
  line1: needed,
  line2: maybe,
  city: needed,
  state: maybe,
  postal_code: maybe,
  country: z.string().regex(/^[A-Z]{2}$/),
};

export function shipToOf({ name, ...address }: z.infer<z.ZodObject<typeof addressFields>>): ShipTo {
  const { line1, line2, city, state, postal_code, country } = address;
  return { name, address: { line1, line2, city, state, postal_code, country } };
}
