import type { OutcomeKind, OutcomeReason } from '../db/schema.ts';
import type { Hashtags } from './catalog-file.ts';

export type { OutcomeKind, OutcomeReason };

/** A number of one variant. */
export interface Line {
  sku: string;
  quantity: number;
  /** The values of the product's options; left out where it has none. */
  choice?: string[];
}

/** How a reply was read and what followed: kept with its outcome, shown to shopper and staff. */
export interface Detail {
  /** The hashtag that fired, as the shopper wrote it. */
  tag?: string;
  /** What the tag says, where that is more than to add or to remove. */
  action?: Exclude<keyof Hashtags, 'add' | 'remove'>;
  /** The product that the reply is about. */
  product?: string;
  /** How the product was found. */
  found_by?: FoundBy;
  /** The post that it is to, where that has an offer for what it may mean. */
  offer_post?: string;
  /** An explicit quantity. */
  quantity?: number;
  /** What the reply added, the total that it set, or what it removed; for a held reply: what it will add. */
  lines?: Line[];
  /** The reply asked for so many, but only the number in `lines` was left. */
  wanted?: number;
  /** What the shopper waits for; where that has ended, or a reply has removed it: waited for. */
  waitlist?: Line[];
  /** The merchant's post sells nothing yet; the reply is settled if it does within a week. */
  kept?: true;
  /** This outcome came when stock returned, not when the reply did. */
  moved_up?: true;
  /** The products that the reply may mean. */
  among?: string[];
  /** Of a reply that leaves options open: the values that it names, in the order of the product's options. */
  named?: Array<string | null>;
  /** The options that it does not name. */
  missing?: string[];
  /** The most that one shopper may have. */
  limit?: number;
  /** A post above the reply is not known, and this is why: the product was found without it. */
  unknown_above?: 'budget' | 'x_unavailable' | 'too_deep';
  /** The language that X takes the reply for. */
  lang?: string;
  /** Of a donation: how much it may be and, as far as that was read, how much it is. In minor units. */
  donation?: {
    currency: string;
    minimum: number;
    maximum: number;
    amount?: number;
    /** Of one that was not clear: what it may be. */
    candidates?: number[];
  };
  /** Why it failed, for staff. */
  error?: string;
}

export type FoundBy = 'parent' | 'ancestor' | 'quoted' | 'conversation_root' | 'conversation';

/** What becomes of a reply. */
export interface Decision {
  outcome: OutcomeKind;
  reason?: OutcomeReason;
  merchant_id?: string;
  detail: Detail;
}
