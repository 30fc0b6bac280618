import { Queue } from 'bullmq';
import { readConfig } from '../../../src/config.ts';
import { connectStream } from '../../../src/x/stream.ts';
import { PEER_PREFIX, PEER_QUEUE, type PeerJob, peerBackend } from './queue.ts';

/** Adds that may be under way: handlers of stream events do not wait for one another. */
const IN_FLIGHT = 500;

/** The naive peer's listener: a job for each message, as it comes. */
async function listen(): Promise<void> {
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  const config = readConfig(process.env);
  const backend = peerBackend(config);
  const queue = new Queue<PeerJob>(
    PEER_QUEUE,
    { connection: backend.producer as never, prefix: PEER_PREFIX },
    backend.factory as never,
  );
  const adding = new Set<Promise<unknown>>();
  await queue.getJobCounts(); // the connection is open before the stream is
  const connection = await connectStream(config, stop.signal);
  for await (const lines of connection.lines()) {
    for (const line of lines) {
      const add = queue.add(
        'reply',
        { post: JSON.parse(line.toString()) },
        { removeOnComplete: true, attempts: 5 },
      );
      const added = add.finally(() => adding.delete(added));
      adding.add(added);
      if (adding.size >= IN_FLIGHT) await Promise.race(adding);
    }
  }
  await Promise.all(adding);
  process.exit(0);
}

await listen();
