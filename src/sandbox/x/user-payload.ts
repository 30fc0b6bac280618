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
  };
  return Object.fromEntries(
    fields.map((name) => [name, values[name]]).filter(([, value]) => value !== undefined),
  );
}
