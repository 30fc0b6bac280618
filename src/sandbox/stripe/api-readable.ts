import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { createdFilter, newestFirst, pageOf, paging } from './api-lists.ts';
import { text } from './api-params.ts';
import { noSuch } from './refusals.ts';
import type { Stand } from './stand.ts';

interface Listed {
  id: string;
  created: number;
}

interface Readable {
  path: string;
  /** What Stripe calls such an object. */
  kind: string;
  /** What the list can be narrowed by, besides the time. */
  by: string[];
  find(stand: Stand): { get(id: string): Listed | undefined; values(): Listed[] };
}

/** What can be listed, the newest first, and read one by one. */
export function readable({ path, kind, by, find }: Readable): Mount[] {
  const filters = Object.fromEntries(by.map((name) => [name, text().optional()]));
  return [
    endpoint({
      method: 'GET',
      path,
      params: z.strictObject({ ...paging, created: createdFilter, ...filters }),
      answers: kind,
      list: true,
      run: (stand, { created, limit, starting_after, ending_before, ...wanted }) => {
        const asked = Object.entries(wanted).filter(([, value]) => value !== undefined);
        const isWanted = (thing: Listed): boolean =>
          (created?.(thing) ?? true) && asked.every(([name, value]) => Reflect.get(thing, name) === value);
        const found = find(stand).values().filter(isWanted);
        return pageOf(newestFirst(found), { limit, starting_after, ending_before }, kind, path);
      },
    }),
    endpoint({
      method: 'GET',
      path: `${path}/:id`,
      params: z.strictObject({}),
      answers: kind,
      run: (stand, _, { id }) => {
        const thing = find(stand).get(id);
        if (!thing) throw noSuch(kind, id, 'id');
        return thing;
      },
    }),
  ];
}
