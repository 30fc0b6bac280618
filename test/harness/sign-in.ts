import type { Shop } from './shop.ts';
import type { Visitor } from './visitor.ts';

let accounts = 0;

/** Somebody whom X knows. */
export interface Account {
  id: string;
  username: string;
  email: string;
}

/** A new account at X. */
export async function anAccount(shop: Shop): Promise<Account> {
  accounts += 1;
  const username = `person${accounts}`;
  const account = {
    id: String(6_300_000_000_000_000_000n + BigInt(accounts)),
    username,
    email: `${username}@mail.example`,
  };
  await shop.control(shop.x, '/users', { ...account, name: username });
  return account;
}

/** Signs in with X, in a browser of its own. */
export async function signIn(shop: Shop, { id }: Account): Promise<Visitor> {
  const visitor = await shop.visitor().open(`${shop.context.config.PUBLIC_URL}/link`);
  return (await visitor.submit('/link')).submit('authorize', { account: id, decision: 'authorize' });
}
