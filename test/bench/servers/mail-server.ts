import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface MailServer extends AsyncDisposable {
  url: string;
  /** When mails for each address were accepted, in ms since 1970. */
  accepted: Map<string, number[]>;
}

/** A mail server that takes everything, and remembers when. */
export async function startMailServer(): Promise<MailServer> {
  const accepted: MailServer['accepted'] = new Map();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      stream.resume().once('end', () => {
        const at = performance.timeOrigin + performance.now();
        for (const { address } of session.envelope.rcptTo)
          accepted.set(address, [...(accepted.get(address) ?? []), at]);
        done();
      });
    },
  });
  server.on('error', () => {}); // a client that ends rudely
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  };
}
