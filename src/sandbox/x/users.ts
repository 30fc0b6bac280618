import { ControlError } from './control-error.ts';
import type { XState } from './state.ts';

/** A person or company with an account. */
export interface User {
  id: string;
  /** Without the @. Case makes no difference. */
  username: string;
  /** The name that is shown. */
  name: string;
  /** The confirmed address; some accounts have none. */
  email: string | null;
  /** Their posts are seen by followers only: never by an app's own token. */
  protected: boolean;
  /** X shows nothing of them any more. */
  suspended?: boolean;
  created_at: string;
  /** What the profile says. */
  description?: string;
  /** The address in the profile. */
  url?: string;
}

type Known = Pick<XState, 'users' | 'usernames'>;

/** @throws ControlError where the id or the username is taken */
export function addUser(
  state: Known & Pick<XState, 'clock' | 'newId'>,
  input: Pick<User, 'username' | 'name' | 'description' | 'url'> &
    Partial<Pick<User, 'id' | 'email' | 'protected'>>,
): User {
  const { username, name, id = state.newId(), email = null, description, url } = input;
  if (state.users.get(id)) throw new ControlError(409, `There is a user with the id ${id} already`);
  if (userNamed(state, username)) throw new ControlError(409, `There is a user @${username} already`);
  const created_at = state.clock.now().toISOString();
  const user: User = {
    ...{ id, username, name, email, protected: input.protected ?? false, created_at },
    ...(description === undefined ? {} : { description }),
    ...(url === undefined ? {} : { url }),
  };
  state.users.set(id, user);
  state.usernames.set(username.toLowerCase(), id);
  return user;
}

/** @throws ControlError where the username is taken */
export function changeUser(
  state: Known,
  before: User,
  changes: Partial<Pick<User, 'username' | 'protected' | 'suspended'>>,
): User {
  const user = { ...before, ...changes };
  const taken = userNamed(state, user.username);
  if (taken && taken.id !== user.id) throw new ControlError(409, `There is a user @${user.username} already`);
  state.usernames.delete(before.username.toLowerCase());
  state.usernames.set(user.username.toLowerCase(), user.id);
  state.users.set(user.id, user);
  return user;
}

/** The user with this username, written with or without the @. */
export function userNamed(state: Known, username: string): User | undefined {
  const id = state.usernames.get(username.replace(/^@/, '').toLowerCase());
  return id === undefined ? undefined : state.users.get(id);
}

/** The user with this id or username. A username may consist of digits: the id goes first. */
export const findUser = (state: Known, handle: string): User | undefined =>
  state.users.get(handle) ?? userNamed(state, handle);
