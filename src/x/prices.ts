/** What X bills for, in millionths of a US dollar (X docs: pricing, 2026-08-13). Failed requests cost nothing. */
export const PRICES = {
  /**
   * A post that X delivers, finds or looks up, once per UTC day. Posts that it does not find cost nothing. Expanded
   * posts and users are billed besides, which is why we ask for none.
   */
  post_read: 5_000,
  /** A user that is looked up. */
  user_read: 10_000,
  post: 15_000,
  /** A reply to who has called the account. */
  summoned_reply: 10_000,
  /** Any post with an address in it. */
  post_with_link: 200_000,
};

export const MICRO_DOLLARS = 1_000_000;
