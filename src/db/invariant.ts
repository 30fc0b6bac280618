import type { RawBuilder } from 'kysely';

/** Something that is true of the book-keeping at every moment, and what breaks it. */
export interface Invariant {
  name: string;
  /** Rows that break it: each with what it is about. */
  breaches: RawBuilder<{ about: string }>;
}
