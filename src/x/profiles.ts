import { z } from 'zod';
import { inBatches } from '../domain/batches.ts';
import type { XClient } from './client.ts';
import { XError } from './errors.ts';

/** X looks up so many users with one request (X docs: users lookup). */
const LOOKUP = 100;

const urls = z
  .object({ urls: z.array(z.object({ expanded_url: z.string().nullish() })).nullish() })
  .nullish();
const user = z.object({
  id: z.string(),
  description: z.string().nullish(),
  url: z.string().nullish(),
  entities: z.object({ url: urls, description: urls }).nullish(),
});
const answer = z.object({ data: z.array(user).nullish() });

/** What the profiles of users say, with the addresses that X has shortened, by the users' ids. @throws XError */
export async function lookUpProfiles(x: Pick<XClient, 'get'>, ids: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const some of inBatches(ids, LOOKUP)) {
    const told = answer.safeParse(
      await x.get('users', { ids: some.join(','), 'user.fields': 'description,entities,url' }),
    );
    if (!told.success) throw new XError('unavailable', `X answered with no users: ${told.error.message}`);
    for (const { id, description, url, entities } of told.data.data ?? []) {
      const addresses = [entities?.url, entities?.description].flatMap((each) => each?.urls ?? []);
      found.set(id, [description, url, ...addresses.map((each) => each.expanded_url)].join(' '));
    }
  }
  return found;
}
