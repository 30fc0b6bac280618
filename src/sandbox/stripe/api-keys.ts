import { invalid, masked, noAccess, Refusal } from './refusals.ts';
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
  if (account !== undefined) throw noAccess(key, account);
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

const unauthorized = (message: string): Refusal =>
  new Refusal(401, { type: 'invalid_request_error', message });
