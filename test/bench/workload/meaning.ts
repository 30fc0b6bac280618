/** What a reply asks for, of one product. */
export type Wish = { kind: 'add'; quantity?: number } | { kind: 'remove' };

export interface Ending {
  outcome: string;
  reason: string | null;
}

/**
 * What the writer of a post meant. A `wish` depends on what else its writer said of the product; anything else has
 * the same ending whatever happens around it.
 */
export type Meaning =
  | { kind: 'wish'; merchant: string; sku: string; wish: Wish }
  | ({ kind: 'ending'; merchant: string | null } & Ending);

export interface WrittenPost {
  id: string;
  author: string;
  meaning: Meaning;
  /** Whether a mail is due: nobody is told who has not linked, who opted out, or whose post is no order at all. */
  told: boolean;
  /** The message as X delivers it, without the line's end. */
  line: string;
}
