import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Listening extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: stand-ins are reached from this machine only. */
  url: string;
  port: number;
}

/** Serves an app on the loopback interface. @param port 0: any free one */
export function listen(app: Hono, port = 0): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) => {
      resolve({
        url: `http://127.0.0.1:${info.port}`,
        port: info.port,
        async [Symbol.asyncDispose]() {
          const closed = new Promise((done) => server.close(done));
          (server as Server).closeAllConnections();
          await closed;
        },
      });
    });
    server.once('error', reject);
  });
}
