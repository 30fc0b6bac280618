import type { Clock } from '../clock.ts';
import type { Collection, Memory } from '../memory.ts';
import type { ComplianceJob } from './compliance-routes.ts';
import type { AuthorizationCode, Token } from './oauth-grants.ts';
import type { Post } from './posts.ts';
import type { Rule } from './rules.ts';
import { idMaker } from './snowflake.ts';
import type { User } from './users.ts';

/** What the app's owner sets at X, and what X decides about the app. */
export interface AppSettings {
  /** The setting "Request email from users". */
  requestEmail: boolean;
  /** Whether the account has any credits left. */
  credits: boolean;
  /** Whether the app is attached to a project with access to the API. */
  enrolled: boolean;
  /** Addresses to which the sign-in may return: compared as they are written. */
  callbacks: string[];
}

/** What the stand-in remembers. All of it survives a restart. */
export interface XState {
  clock: Clock;
  users: Collection<User>;
  /** The ids of the users by their names in small letters. */
  usernames: Map<string, string>;
  posts: Collection<Post>;
  rules: Collection<Rule>;
  codes: Collection<AuthorizationCode>;
  tokens: Collection<Token>;
  compliance: Collection<ComplianceJob>;
  app(): AppSettings;
  changeApp(changes: Partial<AppSettings>): AppSettings;
  /** An id that nothing else has. @param at when the thing was made; default now */
  newId(at?: Date): string;
}

const FRESH: AppSettings = { requestEmail: true, credits: true, enrolled: true, callbacks: [] };

export function openState(memory: Memory, clock: Clock): XState {
  const users = memory.collection<User>('x.users');
  const posts = memory.collection<Post>('x.posts');
  const rules = memory.collection<Rule>('x.rules');
  const settings = memory.collection<AppSettings>('x.app');
  const app = (): AppSettings => settings.get('app') ?? FRESH;
  return {
    clock,
    users,
    usernames: new Map(users.values().map(({ id, username }) => [username.toLowerCase(), id])),
    posts,
    rules,
    codes: memory.collection<AuthorizationCode>('x.codes'),
    tokens: memory.collection<Token>('x.tokens'),
    compliance: memory.collection<ComplianceJob>('x.compliance'),
    app,
    changeApp(changes) {
      settings.set('app', { ...app(), ...changes });
      return app();
    },
    newId: idMaker(clock, (id) => [users, posts, rules].some((things) => things.get(id) !== undefined)),
  };
}
