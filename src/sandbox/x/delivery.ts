import type { Faults } from './faults.ts';
import { problemType } from './problems.ts';

const LINE_END = '\r\n';

/** The chunks in which a message goes down a stream, and whether the connection breaks off after them. */
export interface Delivery {
  chunks: Uint8Array[];
  breaksOff: boolean;
}

/** A message on its way: one chunk, unless a fault was switched on. */
export function deliveryOf(message: object, faults: Faults): Delivery {
  const whole = faults.take('partial_errors') ? { ...message, errors: [UNSEEN] } : message;
  const line = Buffer.from(JSON.stringify(whole));
  const end = Buffer.from(LINE_END);
  const bytes = Buffer.concat([line, end]);
  const cut = faults.take('cut');
  if (cut) return { chunks: [bytes.subarray(0, cut.byte)], breaksOff: true };
  return { chunks: split(bytes, line, end, faults), breaksOff: false };
}

function split(bytes: Buffer, line: Buffer, end: Buffer, faults: Faults): Uint8Array[] {
  if (faults.take('crlf_apart')) return [line, end];
  const at = faults.take('split_at');
  if (at) return [bytes.subarray(0, at.byte), bytes.subarray(at.byte)].filter(({ length }) => length > 0);
  const every = faults.take('split_every');
  if (!every) return [bytes];
  const count = Math.ceil(bytes.length / every.bytes);
  return Array.from({ length: count }, (_, n) => bytes.subarray(n * every.bytes, (n + 1) * every.bytes));
}

/** Part of what a post refers to cannot be seen: nothing that would end the stream (X docs: partial errors). */
const UNSEEN = {
  resource_type: 'tweet',
  field: 'referenced_tweets.id',
  parameter: 'referenced_tweets.id',
  resource_id: '1',
  value: '1',
  title: 'Authorization Error',
  detail: 'Sorry, you are not authorized to see the Tweet with referenced_tweets.id: [1].',
  type: problemType('not-authorized-for-resource'),
};

/** The last message of a stream that X ends. */
export const disconnectMessage = (
  disconnect_type: 'UpstreamOperationalDisconnect' | 'SlowReader' | 'ForceDisconnect',
) => ({
  errors: [
    {
      title: 'operational-disconnect',
      disconnect_type,
      detail: 'This stream has been disconnected upstream for operational reasons.',
      type: problemType('operational-disconnect'),
    },
  ],
});
