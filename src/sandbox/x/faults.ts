import { z } from 'zod';

const times = z.number().int().min(1).default(1);
const bytes = z.number().int().min(1);
const open = z.boolean().default(false);

/**
 * What may go wrong on purpose. `times` is how many deliveries, connections or requests a fault is for;
 * `open: true` means the connection that is open now instead of the next ones.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  // Deliveries: a post as it goes down the stream.
  z.strictObject({ kind: z.literal('split_at'), byte: bytes, times }),
  z.strictObject({ kind: z.literal('split_every'), bytes, times }),
  z.strictObject({ kind: z.literal('crlf_apart'), times }),
  z.strictObject({ kind: z.literal('duplicate'), copies: z.number().int().min(2).max(100), times }),
  z.strictObject({ kind: z.literal('shuffle'), times: z.number().int().min(2) }),
  z.strictObject({ kind: z.literal('drop'), times }),
  z.strictObject({ kind: z.literal('partial_errors'), times }),
  z.strictObject({ kind: z.literal('cut'), byte: bytes, times }),
  // Connections.
  z.strictObject({ kind: z.literal('hang'), times }),
  z.strictObject({ kind: z.literal('accept_and_close'), times }),
  z.strictObject({ kind: z.literal('stall'), open, times }),
  z.strictObject({ kind: z.literal('stop_posts'), open, times }),
  z.strictObject({ kind: z.literal('operational_disconnect'), open, times }),
  // Requests: to the stream, or to every path that begins so.
  z.strictObject({
    kind: z.literal('answer'),
    answer: z.enum([
      'rate_limited',
      'too_many_connections',
      'no_credits',
      'forbidden',
      'no_rules',
      'unavailable',
      'unauthorized',
      'not_permitted',
      'not_mentioned',
      'restricted',
    ]),
    path: z.string().startsWith('/2/').optional(),
    method: z.enum(['GET', 'POST']).optional(),
    /** What was asked for is done, and only its answer is this one. */
    done: z.boolean().default(false),
    reset_in_s: z.number().int().min(0).default(900),
    times,
  }),
]);

export type Fault = z.output<typeof faultSchema>;
type Kind = Fault['kind'];
type Of<K extends Kind> = Extract<Fault, { kind: K }>;

export interface Faults {
  add(fault: Fault): void;
  /** The fault of this kind that is due, one of its times used up. */
  take<K extends Kind>(kind: K, applies?: (fault: Of<K>) => boolean): Of<K> | undefined;
  list(): Fault[];
  clear(): void;
}

/** The faults that are still to come, each kind in the order in which they were asked for. */
export function makeFaults(): Faults {
  let waiting: Fault[] = [];
  return {
    add(fault) {
      waiting.push({ ...fault });
    },
    take<K extends Kind>(kind: K, applies: (fault: Of<K>) => boolean = () => true) {
      const due = waiting.find((fault): fault is Of<K> => fault.kind === kind && applies(fault as Of<K>));
      if (!due) return undefined;
      due.times -= 1;
      if (due.times === 0) waiting = waiting.filter((fault) => fault !== due);
      return due;
    },
    list: () => waiting,
    clear() {
      waiting = [];
    },
  };
}
