import type { Context } from '../../src/context.ts';
import type { ReceivedMail } from '../../src/sandbox/mailbox.ts';
import { sendMails } from '../../workers/send-mails.ts';
import type { Shop } from './shop.ts';

/** Sends everything that waits in the outbox, without waiting for quiet times. */
export async function sendAll(context: Context): Promise<void> {
  const rows = await context.db
    .updateTable('mails')
    .set({ due_at: new Date(0) })
    .where('status', '=', 'pending')
    .returning('id')
    .execute();
  if (rows.length > 0) await sendMails(context, { mail_ids: rows.map(({ id }) => id) });
}

/** What has arrived at an address, the newest first. */
export const mailsTo = async (shop: Shop, address: string): Promise<ReceivedMail[]> =>
  (await shop.mails()).filter(({ to }) => to.includes(address));

/** How a shopper's mails ended: "update sent", "reminder skipped: unsubscribed". */
export async function endsOf({ db }: Context, shopper_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('mails')
    .select(['kind', 'status', 'error'])
    .where('shopper_id', '=', shopper_id)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, status, error }) => `${kind} ${status}${error ? `: ${error}` : ''}`);
}

/** The value of a header, as it came over the wire; `undefined` where the mail has none. */
export const headerOf = ({ raw }: ReceivedMail, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\\r$`, 'im').exec(raw.split('\r\n\r\n')[0] as string)?.[1];
