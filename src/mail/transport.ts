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
  /** The address that ends mail of this kind: a page, and by one POST (RFC 8058). */
  unsubscribe?: string;
}

export interface Mailer extends AsyncDisposable {
  /** @throws MailRefused when the mail server will never take this mail, any other error when it may later */
  send(mail: OutgoingMail): Promise<void>;
  /** Whether the mail server lets us in. @throws with the reason when it does not */
  verify(): Promise<void>;
}

/** The mail server refused a mail for good. */
export class MailRefused extends Error {
  override name = 'MailRefused';
  /** It is the address that it does not take: nothing that is sent there arrives. */
  readonly badAddress: boolean;

  constructor(message: string, { badAddress, cause }: { badAddress: boolean; cause?: unknown }) {
    super(message, { cause });
    this.badAddress = badAddress;
  }
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
          headers: { 'Auto-Submitted': 'auto-generated', ...endings(mail.unsubscribe) },
        });
      } catch (error) {
        const refusal = error as Refusal;
        // Refused logins and greetings are about us, not about this mail: they may be cured.
        const aboutThisMail = ['MAIL FROM', 'RCPT TO', 'DATA'].includes(refusal.command ?? '');
        if ((refusal.responseCode ?? 0) >= 500 && aboutThisMail)
          throw new MailRefused((error as Error).message, {
            badAddress: isBadAddress(refusal),
            cause: error,
          });
        throw error;
      }
    },
    verify: async () => void (await transport.verify()),
    async [Symbol.asyncDispose]() {
      transport.close();
    },
  };
}

interface Refusal {
  responseCode?: number;
  command?: string;
  /** What the mail server said. */
  response?: string;
}

/** Codes from 550 on are about mailboxes; 5.7.x says that we may not send there, which is about us, and may be cured. */
const isBadAddress = ({ command, responseCode = 0, response = '' }: Refusal): boolean =>
  command === 'RCPT TO' && responseCode >= 550 && !/^5\d\d[ -]5\.7\./.test(response);

/** Not folded, because a folded header has broken signatures; mail servers take lines of up to 998 characters. */
const endings = (url: string | undefined) =>
  url
    ? {
        'List-Unsubscribe': { prepared: true, value: `<${url}>` },
        'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
      }
    : {};
