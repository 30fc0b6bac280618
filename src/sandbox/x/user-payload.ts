import { entitiesOf } from './entities.ts';
import type { User } from './users.ts';

/**
 * A user as the API sends them, with the named fields.
 *
 * @param email the confirmed address, where this caller may see it
 */
export function userPayload(user: User, fields: string[], email?: string | null): Record<string, unknown> {
  const values: Record<string, unknown> = {
    id: user.id,
    name: user.name,
    username: user.username,
    created_at: user.created_at,
    protected: user.protected,
    verified: false,
    verified_type: 'none',
    confirmed_email: email ?? undefined,
    description: user.description ?? '',
    url: user.url && SHORT,
    entities: profileEntities(user),
  };
  return Object.fromEntries(
    fields.map((name) => [name, values[name]]).filter(([, value]) => value !== undefined),
  );
}

/** X writes short addresses, and says beside them where they lead. */
const SHORT = 'https://t.co/profile';

function profileEntities({ description, url }: User): object | undefined {
  const urls = entitiesOf(description ?? '', () => undefined).urls;
  const entities = {
    ...(url && {
      url: { urls: [{ start: 0, end: SHORT.length, url: SHORT, expanded_url: url, display_url: url }] },
    }),
    ...(urls && { description: { urls } }),
  };
  return Object.keys(entities).length > 0 ? entities : undefined;
}
