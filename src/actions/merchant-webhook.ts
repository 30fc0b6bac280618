import type { Context } from '../context.ts';
import { inTransaction } from '../db/database.ts';
import { requireMerchant } from '../db/merchants.ts';
import { record } from '../db/staff.ts';
import { dropEndpoint, findEndpoint, putEndpoint, rotateSecret } from '../db/webhooks.ts';
import { PermanentError } from '../errors.ts';
import { whyNotSentTo } from '../webhooks/send.ts';
import { newSecret } from '../webhooks/signature.ts';

type Needs = Pick<Context, 'db' | 'keys' | 'config'>;

/** How long the secret that was replaced still signs. */
export const OVERLAP_HOURS = 24;

/**
 * Sets where a merchant's program hears of orders.
 *
 * @returns the secret, where there was none before: it is shown once and never again
 * @throws PermanentError where the merchant is unknown, or the address cannot be taken
 */
export async function setWebhook(
  { db, keys, config }: Needs,
  merchant_id: string,
  url: string,
  by: string,
): Promise<{ secret?: string }> {
  await requireMerchant(db, merchant_id);
  const why = whyNotSentTo(url, config.sandbox);
  if (why) throw new PermanentError(`${url} cannot be taken: ${why}`);
  const known = await findEndpoint(db, merchant_id);
  const secret = newSecret();
  await putEndpoint(db, { merchant_id, url, secret: keys.seal('merchant webhook', secret) });
  await record(db, by, 'set webhook', merchant_id);
  return known ? {} : { secret };
}

/**
 * Gives a merchant a new secret. For a day messages are signed by the one before, too.
 *
 * @throws PermanentError where there is no endpoint
 */
export async function rotateWebhook(
  { db, keys }: Needs,
  merchant_id: string,
  by: string,
): Promise<{ secret: string }> {
  await requireMerchant(db, merchant_id);
  const secret = newSecret();
  const sealed = keys.seal('merchant webhook', secret);
  if (!(await rotateSecret(db, merchant_id, sealed, OVERLAP_HOURS)))
    throw new PermanentError(`${merchant_id} has no webhook yet: give its address`);
  await record(db, by, 'rotate webhook secret', merchant_id);
  return { secret };
}

/** Tells a merchant's program nothing any more. @throws PermanentError where the merchant is unknown */
export async function endWebhook({ db }: Needs, merchant_id: string, by: string): Promise<void> {
  await requireMerchant(db, merchant_id);
  await inTransaction(db, (tx) => dropEndpoint(tx, merchant_id));
  await record(db, by, 'end webhook', merchant_id);
}
