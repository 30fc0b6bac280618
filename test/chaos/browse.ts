import { Visitor } from '../harness/visitor.ts';
import type { World } from './world.ts';

/** While nobody listens to X, replies are found by search: half a minute later, and then some. */
const PATIENCE_MS = 240_000;
const AGAIN_MS = 300;
/** People give up after so many tries. */
const TRIES = 4;

/** Tries again while servers are away or fail, or what is waited for is not there: people load a page again. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** A browser with a page open. */
export const opened = (url: string): Promise<Visitor> =>
  insist(async () => answered(await new Visitor().open(url)));

/**
 * Presses a button on a page, as often as it takes until a server answers.
 *
 * @returns whether there was such a button, when it was last looked for
 */
export const press = (
  visitor: Visitor,
  address: string,
  action: string,
  filled: Record<string, string> = {},
): Promise<boolean> =>
  insist(async () => {
    answered(await visitor.open(address));
    if (!offers(visitor, action)) return false;
    answered(await visitor.submit(action, filled));
    return true;
  });

/** Whether the open page has a form with such an action. */
const offers = ({ html }: Visitor, action: string): boolean =>
  new RegExp(`action="[^"]*${action}"`).test(html);

/** Signs in with X, in a browser of their own. */
export const signedIn = ({ service }: Pick<World, 'service'>, shopper_id: string): Promise<Visitor> =>
  insist(async () => {
    const visitor = answered(await new Visitor().open(`${service.url}/link`));
    answered(await visitor.submit('/link'));
    return answered(await visitor.submit('authorize', { account: shopper_id, decision: 'authorize' }));
  });

/** The session whose page at Stripe is open. */
export const sessionOf = ({ url }: Visitor): string | undefined => /cs_test_\w+/.exec(url)?.[0];

function answered(page: Visitor): Visitor {
  if (page.status >= 500) throw new Error(`${page.url} answers ${page.status}`);
  return page;
}

/**
 * Presses the button on a cart page until Stripe's page is there.
 *
 * @param page their browser; a new one, if left out
 * @returns its session; nothing where the cart cannot be paid, or is paid
 */
export async function checkOut(link: string, page = new Visitor()): Promise<string | undefined> {
  await insist(async () => answered(await page.open(link)));
  for (let tries = 0; tries < TRIES; tries++) {
    const pressed = await insist(async () => {
      // What is sold out is left aside; what costs something else by now is looked at once more.
      const form = ['/checkout', '/rest'].find((action) => offers(page, action));
      if (!form) return false;
      try {
        answered(await page.submit(form));
      } catch (error) {
        await page.open(link);
        throw error;
      }
      return true;
    });
    if (!pressed) return undefined;
    const session = sessionOf(page);
    if (session) return session;
  }
  return undefined;
}

/** Changes how many there are of a line on the cart page. */
export async function setQuantity(link: string, sku: string, quantity: number): Promise<void> {
  await insist(async () => {
    const response = await fetch(`${link}/items`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: new URL(link).origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ sku, quantity: String(quantity) }),
    });
    await response.body?.cancel();
    if (response.status >= 500) throw new Error(`${response.status}`);
  });
}

/** What shoppers and their banks do at Stripe. `false`: it is not there to be done any more. */
export async function atStripe({ service }: World, path: string, body: object): Promise<boolean> {
  const response = await fetch(`${service.stripe}/control${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  if (response.status !== 200 && response.status !== 409)
    throw new Error(`${path} answers ${response.status}`);
  return response.status === 200;
}
