import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** A key that nobody can guess: 256 bits, in letters that an address can hold. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token: enough to know it again, not enough to use it. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

export function sameText(a: string, b: string): boolean {
  const [left, right] = [hashToken(a), hashToken(b)];
  return timingSafeEqual(left, right);
}

/** What `SECRET_KEY` is used for. Keys for different purposes have nothing to do with each other. */
type Purpose =
  | 'cart link'
  | 'order link'
  | 'staff invitation'
  | 'email code'
  | 'cookie'
  | 'unsubscribe'
  | 'download'
  | 'voucher'
  | 'merchant tokens'
  | 'merchant webhook'
  | 'merchant account'
  | 'erased account'
  | 'erased address';

export interface Keys {
  /** A 256-bit token that is always the same for the same subject, under the newest key. */
  tokenFor(purpose: Purpose, subject: string): string;
  /** The same under each key, the newest first: to know again what an older one has made. */
  tokensFor(purpose: Purpose, subject: string): string[];
  /** Whether a token is the one for this subject, under the newest key or an older one. */
  isTokenFor(purpose: Purpose, subject: string, token: string): boolean;
  /** Encrypts a text and protects it from changes. */
  seal(purpose: Purpose, text: string): string;
  /** The sealed text; `undefined` where it was not sealed by us, for this purpose. */
  unseal(purpose: Purpose, sealed: string): string | undefined;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param secretKeys `SECRET_KEY`: the newest key first; older ones still open what they sealed */
export function makeKeys(secretKeys: string): Keys {
  const secrets = secretKeys.split(',');
  const derive = (secret: string, purpose: Purpose): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', `replycart ${purpose}`, 32));
  const derived = new Map<Purpose, Buffer[]>();
  const keysFor = (purpose: Purpose): Buffer[] => {
    const all = derived.get(purpose) ?? secrets.map((secret) => derive(secret, purpose));
    derived.set(purpose, all);
    return all;
  };
  const newest = (purpose: Purpose): Buffer => keysFor(purpose)[0] as Buffer;
  const token = (key: Buffer, subject: string): string =>
    createHmac('sha256', key).update(subject).digest('base64url');
  return {
    tokenFor: (purpose, subject) => token(newest(purpose), subject),
    tokensFor: (purpose, subject) => keysFor(purpose).map((key) => token(key, subject)),
    isTokenFor: (purpose, subject, given) =>
      keysFor(purpose).some((key) => sameText(given, token(key, subject))),
    seal(purpose, text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest(purpose), iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    unseal(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
      for (const key of keysFor(purpose)) {
        try {
          const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
          decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
          return (
            decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
          );
        } catch {
          // sealed under another key, or not by us
        }
      }
      return undefined;
    },
  };
}
