import { randomUUID } from 'node:crypto';
import { type Delivery, disconnectMessage } from './delivery.ts';

const POSTS_A_SECOND = 250;
const HEARTBEAT = Buffer.from('\r\n');

/** A client that reads the filtered stream. */
export interface Connection {
  id: string;
  connected_at: string;
  /** What the client reads: messages ended by CR LF, and a bare CR LF from time to time. */
  body: ReadableStream<Uint8Array>;
  delivered(): number;
  /** Sends a post, at most 250 in a second; the others wait. `make` is called when it is sent. */
  send(make: () => Delivery): void;
  /** Posts stop while heartbeats go on, or nothing comes at all. */
  silence(what: 'posts' | 'everything' | 'nothing'): void;
  /** Says why, and ends the stream. */
  disconnect(reason: Parameters<typeof disconnectMessage>[0]): void;
}

export interface ConnectionOptions {
  now: Date;
  heartbeatMs: number;
  /** How much may wait for a client that reads slowly, before it is disconnected. */
  bufferBytes: number;
  /** Ends the TCP connection as it is, when all that was sent is out. */
  breakOff(): void;
  onEnd(): void;
}

export function openConnection(options: ConnectionOptions): Connection {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let silent: 'posts' | 'everything' | 'nothing' = 'nothing';
  let delivered = 0;
  let ended = false;
  let pause: NodeJS.Timeout | undefined;
  let second = { began: performance.now(), sent: 0 };
  const waiting: Array<() => Delivery> = [];

  const end = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(heart);
    clearTimeout(pause);
    options.onEnd();
  };
  const write = (bytes: Uint8Array): void => {
    controller.enqueue(bytes);
    if (-(controller.desiredSize ?? 0) > options.bufferBytes) disconnect('SlowReader');
  };
  const heart = setInterval(() => {
    if (silent !== 'everything') write(HEARTBEAT);
  }, options.heartbeatMs);

  const deliver = ({ chunks, breaksOff }: Delivery): void => {
    delivered += 1;
    for (const chunk of chunks) if (!ended) write(chunk);
    if (breaksOff && !ended) {
      end();
      options.breakOff();
    }
  };
  const pump = (): void => {
    pause = undefined;
    const elapsed = performance.now() - second.began;
    if (elapsed >= 1_000) second = { began: performance.now(), sent: 0 };
    while (!ended && waiting.length > 0 && second.sent < POSTS_A_SECOND) {
      second.sent += 1;
      deliver((waiting.shift() as () => Delivery)());
    }
    if (!ended && waiting.length > 0) pause = setTimeout(pump, Math.max(1, 1_000 - elapsed));
  };
  const disconnect: Connection['disconnect'] = (reason) => {
    if (ended) return;
    end();
    controller.enqueue(Buffer.from(`${JSON.stringify(disconnectMessage(reason))}\r\n`));
    controller.close();
  };

  return {
    id: randomUUID(),
    connected_at: options.now.toISOString(),
    body: new ReadableStream<Uint8Array>(
      {
        start(own) {
          controller = own;
        },
        cancel: end,
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
    ),
    delivered: () => delivered,
    send(make) {
      if (silent !== 'nothing') return;
      waiting.push(make);
      if (!pause) pump();
    },
    silence(what) {
      silent = what;
      if (what !== 'nothing') waiting.length = 0;
    },
    disconnect,
  };
}
