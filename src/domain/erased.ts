/** Whether a shopper's number stands for somebody who was erased: theirs are random and negative, X's never are. */
export const isErased = (shopper_id: string): boolean => shopper_id.startsWith('-');
