import { invalid, Refusal } from './refusals.ts';
import { API_VERSION } from './stand.ts';

/**
 * Checks who asks and in which version (Stripe API reference, "Authentication" and "Versioning").
 * @throws Refusal 401 without a key or with another one, 403 for another account, 400 for another version
 */
export function checkCaller(header: (name: string) => string | undefined, secretKey: string): void {
  const key = readKey(header('authorization') ?? '');
  if (!key)
    throw unauthorized(
      'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. "Authorization: Bearer YOUR_SECRET_KEY").',
    );
  if (key !== secretKey) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  const account = header('stripe-account');
  if (account !== undefined)
    throw new Refusal(403, {
      type: 'invalid_request_error',
      code: 'account_invalid',
      message: `The provided key '${masked(key)}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
    });
  const version = header('stripe-version');
  if (version !== undefined && version !== API_VERSION)
    throw invalid(`Invalid Stripe API version: ${version}. This stand-in for Stripe speaks ${API_VERSION}.`);
}

/** The key of `Bearer <key>`, or the user's name of Basic authentication. */
function readKey(authorization: string): string {
  const [scheme = '', value = ''] = authorization.split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
  return '';
}

const masked = (key: string): string =>
  `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`;

const unauthorized = (message: string): Refusal =>
  new Refusal(401, { type: 'invalid_request_error', message });
