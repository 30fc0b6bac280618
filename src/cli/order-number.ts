import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError */
export function orderNumber(text: string): string {
  if (!/^\d{1,18}$/.test(text))
    throw new InvalidArgumentError('write the number that the order’s mails name');
  return text;
}
