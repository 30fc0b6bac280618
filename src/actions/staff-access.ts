import { hash, verify } from '@node-rs/argon2';
import type { Context } from '../context.ts';
import { hashToken, randomToken } from '../crypto.ts';
import type { StaffRole } from '../db/schema.ts';
import { findStaff, invite, invited, isBlocked, openStaffSession, record, setPassword } from '../db/staff.ts';

type Needs = Pick<Context, 'db'>;

export const SHORTEST_PASSWORD = 12;

/**
 * Invites somebody to the support pages. Returns the key of a link that works once, for a week.
 *
 * @param merchant_id whose staff they are: they look up that merchant's codes, and see nothing else
 */
export async function inviteStaff(
  { db }: Needs,
  email: string,
  role: StaffRole,
  by: string,
  merchant_id: string | null = null,
): Promise<string> {
  const token = randomToken();
  await invite(db, email.toLowerCase(), role, hashToken(token), merchant_id);
  const as = merchant_id === null ? role : `${role} of ${merchant_id}`;
  await record(db, by, 'invited', email.toLowerCase(), as);
  return token;
}

/** Takes an invitation: sets the password and signs in. `undefined`: the link is used up, or old. */
export async function acceptInvitation(
  { db }: Needs,
  token: string,
  password: string,
): Promise<string | undefined> {
  const staff = await invited(db, hashToken(token));
  if (!staff) return undefined;
  await setPassword(db, staff.email, await hash(password));
  await record(db, staff.email, 'chose a password', staff.email);
  return newSession({ db }, staff.email);
}

/** Signs in. `undefined`: wrong, unknown or tried too often; nobody is told which. */
export async function signInStaff(
  { db }: Needs,
  email: string,
  password: string,
): Promise<string | undefined> {
  const address = email.toLowerCase();
  const blocked = await isBlocked(db, address);
  const staff = await findStaff(db, address);
  // An unknown address takes as long as a known one.
  const right = await verify(staff?.password_hash ?? (await decoy()), password);
  if (!right || !staff?.password_hash || blocked) {
    await record(db, address, 'sign-in failed', address);
    return undefined;
  }
  await record(db, address, 'signed in', address);
  return newSession({ db }, address);
}

async function newSession({ db }: Needs, email: string): Promise<string> {
  const token = randomToken();
  await openStaffSession(db, hashToken(token), email);
  return token;
}

let decoyHash: Promise<string> | undefined;
const decoy = (): Promise<string> => (decoyHash ??= hash(randomToken()));
