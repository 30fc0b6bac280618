/** Seconds until the next attempt: three days in all (as Standard Webhooks advise), and then no more. */
const DELAYS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 72_000];

/** How long to wait after so many attempts in vain; `undefined`: it is given up. */
export const delayAfter = (attempts: number): number | undefined => DELAYS[attempts - 1];

/** What an answer to a message means. 410 is how an endpoint says that it wants no more (Standard Webhooks). */
export function readAnswer(status: number): 'delivered' | 'again' | 'never' {
  if (status >= 200 && status < 300) return 'delivered';
  return status === 410 ? 'never' : 'again';
}
