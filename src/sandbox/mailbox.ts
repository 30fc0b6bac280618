import { Hono } from 'hono';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { type Listening, listen } from './listen.ts';
import type { Memory } from './memory.ts';

/** A mail as it arrived. */
export interface ReceivedMail {
  id: string;
  received_at: string;
  /** The envelope's. */
  to: string[];
  from: string;
  subject: string;
  reply_to: string | null;
  message_id: string;
  html: string;
  text: string;
  /** As it came over the wire. */
  raw: string;
}

/** Misbehaviour for the next mails: an answer of the mail server, or silence where an answer is due. */
const fault = z.strictObject({
  times: z.int().min(1),
  /** An SMTP answer: 421 and 450 come and go, 550 is for good. `cut`: the connection ends before the mail is acknowledged. */
  answer: z.union([z.literal(421), z.literal(450), z.literal(550), z.literal('cut')]),
  /** Only for mail to this address. */
  to: z.string().optional(),
  /** Answered to the recipient's address, or to the whole mail. */
  at: z.enum(['rcpt', 'data']).default('data'),
  /** What the answer says. */
  says: z.string().default('as the sandbox was told'),
});

export interface Mailbox extends AsyncDisposable {
  /** `smtp://127.0.0.1:<port>` */
  smtpUrl: string;
  /** The control API's: `GET /control/mails`, `DELETE /control/mails`, `POST /control/faults`. */
  url: string;
}

/** A mail server that takes everything and delivers nothing: what arrives can be read through its control API. */
export async function startMailbox(options: {
  memory: Memory;
  clock: Clock;
  port?: number;
  smtpPort?: number;
}): Promise<Mailbox> {
  const mails = options.memory.collection<ReceivedMail>('mail.received');
  let faults: Array<z.infer<typeof fault>> = [];
  const nextFault = (at: 'rcpt' | 'data', to: string[]): z.infer<typeof fault> | undefined => {
    const found = faults.find((each) => each.at === at && (each.to === undefined || to.includes(each.to)));
    if (found && --found.times === 0) faults = faults.filter((each) => each !== found);
    return found;
  };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, session, done) {
      const { answer, says } = nextFault('rcpt', [address]) ?? {};
      if (answer === 'cut') return void destroy(session.id);
      done(answer ? Object.assign(new Error(says), { responseCode: answer }) : undefined);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address);
        const { answer, says } = nextFault('data', to) ?? {};
        if (typeof answer === 'number') return done(Object.assign(new Error(says), { responseCode: answer }));
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        const mail = await parse(Buffer.concat(chunks), {
          to,
          from,
          received_at: options.clock.now().toISOString(),
        });
        const id = String(Number(mails.values().at(-1)?.id ?? 0) + 1);
        mails.set(id, { ...mail, id });
        if (answer === 'cut') return void destroy(session.id);
        done();
      });
    },
  });
  const destroy = (session_id: string): void => {
    for (const connection of smtp.connections as Set<{
      id: string;
      close(): void;
      _socket?: { destroy(): void };
    }>) {
      if (connection.id === session_id) connection._socket?.destroy();
    }
  };
  const smtpPort = await new Promise<number>((resolve, reject) => {
    smtp.once('error', reject);
    const server = smtp.listen(options.smtpPort ?? 0, '127.0.0.1', () =>
      resolve((server.address() as { port: number }).port),
    );
  });
  smtp.on('error', () => {}); // a client that went away in the middle of a mail
  const app = new Hono()
    .get('/control/mails', (c) => c.json(mails.values().reverse()))
    .delete('/control/mails', (c) => {
      for (const mail of mails.values()) mails.delete(mail.id);
      return c.body(null, 204);
    })
    .post('/control/faults', async (c) => {
      const given = fault.safeParse(await c.req.json());
      if (!given.success) return c.json({ error: z.prettifyError(given.error) }, 400);
      faults.push(given.data);
      return c.body(null, 204);
    });
  const listening: Listening = await listen(app, options.port);
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: listening.url,
    async [Symbol.asyncDispose]() {
      await listening[Symbol.asyncDispose]();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

async function parse(
  raw: Buffer,
  envelope: Pick<ReceivedMail, 'to' | 'from' | 'received_at'>,
): Promise<Omit<ReceivedMail, 'id'>> {
  const parsed = await PostalMime.parse(raw);
  const name = parsed.from?.name ? `${parsed.from.name} <${envelope.from}>` : envelope.from;
  return {
    ...envelope,
    from: name,
    subject: parsed.subject ?? '',
    reply_to: parsed.replyTo?.[0]?.address ?? null,
    message_id: parsed.messageId ?? '',
    html: parsed.html ?? '',
    text: parsed.text ?? '',
    raw: raw.toString('utf8'),
  };
}
