import type { Context } from '../src/context.ts';
import { inTransaction } from '../src/db/database.ts';
import { webhookContent } from '../src/db/webhook-content.ts';
import {
  claimMessages,
  dropEndpoint,
  type Endpoint,
  findEndpoint,
  type Message,
  noteDelivered,
  noteUndelivered,
} from '../src/db/webhooks.ts';
import { delayAfter, readAnswer } from '../src/domain/webhook.ts';
import { messageOf } from '../src/errors.ts';
import { scrub } from '../src/log.ts';
import type { JobData } from '../src/queue.ts';
import { AddressRefused, sendWebhook } from '../src/webhooks/send.ts';
import { signedHeaders } from '../src/webhooks/signature.ts';

type Needs = Pick<Context, 'db' | 'config' | 'keys' | 'log' | 'now'>;

/**
 * Tells a merchant's program what it is to hear now. Each message is sent again and again for three days until it is taken;
 * one that was taken when we died comes once more, under the same id.
 */
export async function sendWebhooks(context: Needs, { merchant_id }: JobData<'send-webhooks'>): Promise<void> {
  const { db } = context;
  for (;;) {
    const endpoint = await findEndpoint(db, merchant_id);
    if (!endpoint) return inTransaction(db, (tx) => dropEndpoint(tx, merchant_id));
    const messages = await claimMessages(db, merchant_id);
    const answers = await Promise.all(messages.map((message) => send(context, endpoint, message)));
    // Who does not answer does not hold up other merchants: what is left comes at the next turn.
    if (messages.length === 0 || answers.includes(null)) return;
  }
}

/** Returns the status of the answer; null: there was none. */
async function send(context: Needs, endpoint: Endpoint, message: Message): Promise<number | null> {
  const { db, log } = context;
  const note = async (answered: number | null, error: string, never: boolean): Promise<void> => {
    const delay = never ? undefined : delayAfter(message.attempts);
    const about = {
      merchant: message.merchant_id,
      message: message.id,
      answered,
      attempts: message.attempts,
    };
    if (delay === undefined) log.error(about, 'a webhook is given up');
    else log.warn(about, 'a webhook was not taken');
    await noteUndelivered(db, message.id, delay, { answered, error });
  };
  try {
    const answered = await post(context, endpoint, message);
    const meaning = readAnswer(answered);
    if (meaning === 'delivered') await noteDelivered(db, message.id, answered);
    else await note(answered, `it answered ${answered}`, meaning === 'never');
    return answered;
  } catch (error) {
    await note(null, scrub(messageOf(error)).slice(0, 200), error instanceof AddressRefused);
    return null;
  }
}

async function post(
  { db, config, keys, now }: Needs,
  { url, secret, old_secret, old_until }: Endpoint,
  message: Message,
): Promise<number> {
  const body = JSON.stringify({
    type: message.event,
    timestamp: message.created_at.toISOString(),
    data: await webhookContent(db, message),
  });
  const sealed = [secret, ...(old_secret && old_until && old_until > now() ? [old_secret] : [])];
  const secrets = sealed.flatMap((each) => keys.unseal('merchant webhook', each) ?? []);
  if (secrets.length === 0) throw new Error('its secret was sealed under another SECRET_KEY: rotate it');
  const timestamp = Math.floor(now().getTime() / 1000);
  const headers = signedHeaders({ id: `msg_${message.id}`, timestamp, body }, secrets);
  return sendWebhook(url, body, headers, config.sandbox);
}
