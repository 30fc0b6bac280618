import http from 'node:http';
import https from 'node:https';
import type { Config } from '../config.ts';
import { readRefusal, XError } from './errors.ts';
import { splitLines } from './lines.ts';
import { POST_FIELDS } from './payload.ts';

/** X promises a byte every 20 seconds; a little slack for the way. */
export const SILENCE_MS = 28_000;
const HEADER_TIMEOUT_MS = 30_000;
const LONGEST_LINE = 1024 * 1024;
const LONGEST_REFUSAL = 64 * 1024;

type Settings = Pick<Config, 'X_API_URL' | 'X_BEARER_TOKEN'>;

export interface StreamTimes {
  silenceMs: number;
  headerMs: number;
}

/** One connection to the filtered stream. */
export interface StreamConnection {
  /**
   * The messages as they come, UTF-8, a list for each chunk of bytes that completes any. Ends when X, or silence, ends the
   * connection. Nothing is read ahead: a consumer that is slow slows X down, which in the end disconnects us.
   */
  lines(): AsyncGenerator<Buffer[]>;
}

/**
 * Connects to the filtered stream.
 *
 * @param signal ends the connection, at any moment @throws XError when X refuses or cannot be reached
 */
export async function connectStream(
  { X_API_URL, X_BEARER_TOKEN }: Settings,
  signal: AbortSignal,
  times: StreamTimes = { silenceMs: SILENCE_MS, headerMs: HEADER_TIMEOUT_MS },
): Promise<StreamConnection> {
  const url = new URL(`${X_API_URL}/2/tweets/search/stream`);
  url.searchParams.set('tweet.fields', POST_FIELDS);
  const response = await request(url, X_BEARER_TOKEN, signal, times.headerMs);
  if (response.statusCode !== 200) {
    const body = await readBody(response);
    throw readRefusal(
      response.statusCode ?? 0,
      body,
      response.headers['x-rate-limit-reset'] as string | undefined,
    );
  }
  return { lines: () => readLines(response, signal, times.silenceMs) };
}

function request(
  url: URL,
  token: string,
  signal: AbortSignal,
  headerMs: number,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'http:' ? http : https;
    const headers = {
      authorization: `Bearer ${token}`,
      'user-agent': 'replycart',
      accept: 'application/json',
    };
    // A connection of its own: a pooled one might be a dead one.
    const sent = client.get(url, { headers, agent: false, signal });
    const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${headerMs} ms`)), headerMs);
    sent.once('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    sent.on('error', (cause) => {
      clearTimeout(timer);
      reject(new XError('unavailable', `X's stream cannot be reached: ${cause.message}`, { cause }));
    });
  });
}

async function readBody(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > LONGEST_REFUSAL) break;
    }
  } catch {
    // what came of it has to do
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function* readLines(
  response: http.IncomingMessage,
  signal: AbortSignal,
  silenceMs: number,
): AsyncGenerator<Buffer[]> {
  const splitter = splitLines(LONGEST_LINE);
  const chunks = (response as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    while (!signal.aborted) {
      const chunk = await nextChunk(chunks, silenceMs);
      if (!chunk) return;
      const lines = splitter.push(chunk);
      if (lines.length > 0) yield lines;
    }
  } finally {
    response.destroy();
  }
}

/** The next bytes; `undefined` when there are none any more, or none came for too long. */
async function nextChunk(chunks: AsyncIterator<Buffer>, silenceMs: number): Promise<Buffer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    // Only while we wait: when it is we who do not read, the silence is ours.
    timer = setTimeout(() => resolve(undefined), silenceMs);
  });
  try {
    const next = chunks.next().then(
      (result) => (result.done ? undefined : result.value),
      () => undefined, // the connection broke: the same as an end
    );
    return await Promise.race([next, silence]);
  } finally {
    clearTimeout(timer);
  }
}
