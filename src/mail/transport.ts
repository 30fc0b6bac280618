import { createTransport } from 'nodemailer';
import { oneLine } from '../domain/text.ts';

export interface OutgoingMail {
  /** Shown before the address that all our mail comes from. */
  fromName: string;
  to: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  /** Makes a mail that is sent twice recognisable as one. */
  messageId: string;
}

export interface Mailer extends AsyncDisposable {
  /** @throws MailRefused when the mail server will never take this mail, any other error when it may later */
  send(mail: OutgoingMail): Promise<void>;
  /** Whether the mail server lets us in. @throws with the reason when it does not */
  verify(): Promise<void>;
}

/** The mail server refused a mail for good: a bad address, most often. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}

const TIMEOUT_MS = 20_000;

/**
 * @param url `SMTP_URL`
 * @param from the plain address that all mail comes from
 */
export function openMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    maxMessages: 1000,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    async send(mail) {
      try {
        await transport.sendMail({
          from: { name: oneLine(mail.fromName), address: from },
          to: { name: '', address: mail.to },
          replyTo: mail.replyTo,
          subject: oneLine(mail.subject),
          html: mail.html,
          text: mail.text,
          messageId: `<${mail.messageId}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        const { responseCode = 0, command } = error as { responseCode?: number; command?: string };
        // Refused logins and greetings are about us, not about this mail: they may be cured.
        const aboutThisMail = ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command ?? '');
        if (responseCode >= 500 && aboutThisMail)
          throw new MailRefused((error as Error).message, { cause: error });
        throw error;
      }
    },
    verify: async () => void (await transport.verify()),
    async [Symbol.asyncDispose]() {
      transport.close();
    },
  };
}
