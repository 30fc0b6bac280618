import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from './at-end.ts';

export interface Gate {
  /** The server's address with this gate before it. */
  url: string;
  /**
   * Does something the next time that a request to a path which ends like this arrives, and lets the request on after that.
   */
  before(path: string, act: () => Promise<unknown>): void;
}

/** Stands before a server: what must happen while somebody waits for its answer happens just then. */
export async function aGate(server: string): Promise<Gate> {
  let waiting: { path: string; act: () => Promise<unknown> } | undefined;
  const gate = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (method === 'POST' && waiting && url.endsWith(waiting.path)) {
      const { act } = waiting;
      waiting = undefined;
      await act();
    }
    const sent = Object.entries(headers).filter(([name]) => !PER_CONNECTION.includes(name));
    const answer = await fetch(`${server}${url}`, {
      method,
      headers: sent as Array<[string, string]>,
      ...(method === 'GET' ? {} : { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((listening) => gate.listen(0, '127.0.0.1', listening));
  atEnd(async () => {
    gate.closeAllConnections();
    await new Promise((closed) => gate.close(closed));
  });
  return {
    url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    before: (path, act) => {
      waiting = { path, act };
    },
  };
}

const PER_CONNECTION = ['connection', 'content-length', 'host', 'transfer-encoding'];
