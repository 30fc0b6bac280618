import type { Context } from '../src/context.ts';
import type { JobData } from '../src/queue.ts';
import { sendMail } from './send-mail.ts';

/** Sends mails of the outbox, as many at once as the mail server gives us connections. */
export async function sendMails(context: Context, { mail_ids }: JobData<'send-mails'>): Promise<void> {
  const results = await Promise.allSettled(mail_ids.map((mail_id) => sendMail(context, mail_id)));
  // What is not sent stays in the outbox, from where the sweep takes it up again.
  for (const result of results) {
    if (result.status === 'rejected')
      context.log.error({ err: result.reason }, 'a mail could not be prepared');
  }
}
