/** A post of X, as far as it matters to us. Ids are strings: they are larger than JavaScript's safe integers. */
export interface Post {
  id: string;
  author_id: string;
  /** The whole text, HTML entities undone. */
  text: string;
  /** The post's own hashtags, without the number sign. */
  tags: string[];
  /** Where the short addresses in its text lead; left out where there are none. */
  links?: string[];
  /** The post that this one replies to. */
  parent_id?: string;
  /** Who wrote the post that this one replies to. */
  parent_author_id?: string;
  /** The post that this one quotes. */
  quoted_id?: string;
  retweet: boolean;
  conversation_id?: string;
  /** All ids that an edited post has had, oldest first. */
  edit_history: string[];
  /** The language that X takes the text for: "es". Left out where it knows none. */
  lang?: string;
}
