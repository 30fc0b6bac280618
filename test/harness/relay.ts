import net from 'node:net';
import { freePort } from '../global-setup.ts';
import { atEnd } from './at-end.ts';

export interface Relay {
  /** The server's address with this relay before it. */
  url: string;
  /** Lets connections through from now on. */
  open(): Promise<void>;
  /** Breaks all connections and refuses new ones. */
  close(): Promise<void>;
}

/** Stands between us and a server, which is away until it is opened. */
export async function aRelay(server: string): Promise<Relay> {
  const target = new URL(server);
  const url = new URL(server);
  const port = await freePort();
  url.port = String(port);
  url.hostname = '127.0.0.1';
  const sockets = new Set<net.Socket>();
  let listener: net.Server | undefined;
  const relay: Relay = {
    url: url.href,
    open: () =>
      new Promise((resolve, reject) => {
        listener = net.createServer((near) => {
          const far = net.connect(Number(target.port), target.hostname);
          for (const socket of [near, far]) {
            sockets.add(socket);
            socket.on('error', () => {});
            socket.once('close', () => {
              sockets.delete(socket);
              for (const other of [near, far]) other.destroy();
            });
          }
          near.pipe(far).pipe(near);
        });
        listener.once('error', reject).listen(port, '127.0.0.1', resolve);
      }),
    close: async () => {
      const closed = new Promise<void>((resolve) => (listener ? listener.close(() => resolve()) : resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      listener = undefined;
    },
  };
  atEnd(relay.close);
  return relay;
}
