import { createHmac, randomBytes } from 'node:crypto';

/** What announces a secret (standardwebhooks.com, "Signature scheme"). */
const PREFIX = 'whsec_';

/** A new secret, as Standard Webhooks write one: 24 to 64 random bytes in base64. */
export const newSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`;

/**
 * The headers that prove a message (standardwebhooks.com). Each secret signs: whoever changes from one to another takes
 * either.
 *
 * @param timestamp of this attempt, in seconds; receivers refuse old ones
 */
export function signedHeaders(
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
  secrets: string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
