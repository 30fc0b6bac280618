import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from './at-end.ts';

/** What a merchant's program was told. */
export interface Told {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A merchant's own program, which listens for webhooks. */
export interface Receiver {
  url: string;
  told: Told[];
  /** What it answers next, one after the other; 204 after them. A redirect leads to itself. */
  answers: number[];
  /** It answers nothing before this. */
  ready: Promise<void>;
  /** How many waited for its answer at the same time, at most. */
  mostAtOnce: number;
}

export async function aReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', told: [], answers: [], ready: Promise.resolve(), mostAtOnce: 0 };
  let waiting = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    receiver.told.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, ++waiting);
    await receiver.ready;
    waiting--;
    response.writeHead(receiver.answers.shift() ?? 204, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  atEnd(async () => {
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  });
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  return receiver;
}
