import type { Context } from '../context.ts';

/** So long does the page of a merchant's account open. */
const OPENS_DAYS = 30;
const DAY_MS = 86_400_000;

/** The address of our page about a merchant's account. Whoever has it can answer Stripe's questions for them. */
export function payeePage(
  { keys, config }: Pick<Context, 'keys' | 'config'>,
  merchant_id: string,
  from: Date,
): string {
  const until = lastDay(from);
  const token = keys.tokenFor('merchant account', subjectOf(merchant_id, until));
  return `${config.PUBLIC_URL}/m/${merchant_id}/account/${until}/${token}`;
}

/** Until when a page opens whose address was given then. */
export const payeePageUntil = (from: Date): Date => new Date(lastDay(from) * DAY_MS);

/** In days since 1970. */
const lastDay = (from: Date): number => Math.floor((from.getTime() + OPENS_DAYS * DAY_MS) / DAY_MS);

/** Whether a page's address is one that we have given, and not over. @param until days since 1970 */
export function opensPayeePage(
  { keys, now }: Pick<Context, 'keys' | 'now'>,
  merchant_id: string,
  until: string,
  token: string,
): boolean {
  return (
    /^\d{1,6}$/.test(until) &&
    Number(until) * DAY_MS > now().getTime() &&
    keys.isTokenFor('merchant account', subjectOf(merchant_id, Number(until)), token)
  );
}

const subjectOf = (merchant_id: string, until: number): string => `${merchant_id} ${until}`;
