/** Display names and titles come from outside: no line breaks, control or direction characters where one line is wanted. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
