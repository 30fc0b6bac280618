import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../workload/delivery.ts';
import { serveRest } from './x-rest.ts';

export interface XServer extends AsyncDisposable {
  url: string;
  /** Resolves when somebody listens to the stream and has asked everything else that they wanted to know. */
  listened(): Promise<void>;
  /**
   * Delivers messages, as fast as they are taken or so many a second. Resolves when the last one is written.
   *
   * @returns when each was written, in ms since 1970
   */
  send(delivery: Delivery, from: number, to: number, perSecond?: number): Promise<Float64Array>;
}

const HEARTBEAT_MS = 10_000;
/** Messages are written in pieces of about this size when nothing but the socket holds them back. */
const PIECE = 65_536;
const TICK_MS = 4;
/** So long nobody has asked anything: the listener has done its preparations. */
const QUIET_MS = 400;

/** The part of X that the listener talks to, without X's limits: a stream as wide as the socket. */
export async function startXServer(): Promise<XServer> {
  let stream: ServerResponse | undefined;
  let lastRequest = Date.now();
  const rest = serveRest();
  const server = createServer((request, response) => {
    lastRequest = Date.now();
    const url = new URL(request.url ?? '/', 'http://x');
    if (request.method === 'GET' && url.pathname === '/2/tweets/search/stream')
      stream = openStream(request, response);
    else void rest(request, response, url);
  });
  const heartbeat = setInterval(() => stream?.write('\r\n'), HEARTBEAT_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  function openStream(request: IncomingMessage, response: ServerResponse): ServerResponse {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('\r\n');
    request.once('close', () => {
      if (stream === response) stream = undefined;
    });
    return response;
  }

  return {
    url: `http://127.0.0.1:${port}`,
    async listened() {
      while (!stream || Date.now() - lastRequest < QUIET_MS) await sleep(20);
    },
    send: (delivery, from, to, perSecond) => {
      if (!stream) throw new Error('nobody listens to the stream');
      return perSecond === undefined
        ? sendFast(stream, delivery, from, to)
        : sendPaced(stream, delivery, from, to, perSecond);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(heartbeat);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const now = (): number => performance.timeOrigin + performance.now();

async function sendFast(
  stream: ServerResponse,
  delivery: Delivery,
  from: number,
  to: number,
): Promise<Float64Array> {
  const written = new Float64Array(to - from);
  for (let next = from; next < to; ) {
    let end = next + 1;
    while (end < to && startOf(delivery, end) - startOf(delivery, next) < PIECE) end++;
    written.fill(now(), next - from, end - from);
    await write(stream, delivery, next, end);
    next = end;
  }
  return written;
}

async function sendPaced(
  stream: ServerResponse,
  delivery: Delivery,
  from: number,
  to: number,
  perSecond: number,
): Promise<Float64Array> {
  const written = new Float64Array(to - from);
  const begin = now();
  for (let next = from; next < to; ) {
    await sleep(TICK_MS);
    const due = Math.min(to, from + Math.floor(((now() - begin) / 1000) * perSecond));
    if (due <= next) continue;
    // The time at which each was due: a tick that comes late must not make the product look quicker.
    for (let n = next; n < due; n++) written[n - from] = begin + ((n - from) / perSecond) * 1000;
    await write(stream, delivery, next, due);
    next = due;
  }
  return written;
}

const startOf = ({ starts }: Delivery, n: number): number => starts[n] as number;

/** Writes messages; resolves when the socket wants more. */
async function write(stream: ServerResponse, delivery: Delivery, from: number, to: number): Promise<void> {
  if (stream.destroyed) throw new Error('the listener has hung up');
  if (stream.write(delivery.bytes.subarray(startOf(delivery, from), startOf(delivery, to)))) return;
  await new Promise<void>((resolve, reject) => {
    const hungUp = (): void => reject(new Error('the listener has hung up'));
    stream.once('close', hungUp);
    stream.once('drain', () => {
      stream.off('close', hungUp);
      resolve();
    });
  });
}
