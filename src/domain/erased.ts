/** Whether a post's number stands for none: a wish on a page, or a reply of somebody who was erased. */
export const isNoPost = (post_id: string): boolean => post_id.startsWith('-');

/** Whether a shopper's number stands for somebody who was erased: theirs are random and negative, X's never are. */
export const isErased = (shopper_id: string): boolean => shopper_id.startsWith('-');
