import http from 'node:http';
import { CREDENTIALS, type XUnderTest } from './x-stand-in.ts';

/** A connection to the filtered stream, and what came down it. */
export interface StreamClient extends Disposable {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** The chunks, as they came. */
  chunks: Buffer[];
  /** Everything so far. */
  text(): string;
  /** The messages so far, heartbeats aside. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into messages of every shape
  messages(): any[];
  /** Waits until so many messages are there. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  until(count: number): Promise<any[]>;
  untilText(wanted: (text: string) => boolean): Promise<void>;
  /** Resolves when the connection is over. */
  ended: Promise<void>;
  /** Breaks off without a word. */
  kill(): void;
}

export async function connect(
  x: Pick<XUnderTest, 'url'>,
  query = '',
  token = CREDENTIALS.bearerToken,
): Promise<StreamClient> {
  const request = http.get(`${x.url}/2/tweets/search/stream${query}`, {
    agent: false,
    headers: { authorization: `Bearer ${token}` },
  });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  const chunks: Buffer[] = [];
  let wake = (): void => {};
  const text = (): string => Buffer.concat(chunks).toString('utf8');
  const messages = () =>
    text()
      .split('\r\n')
      .slice(0, -1)
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  let over = false;
  const ended = new Promise<void>((resolve) => {
    response.once('close', () => {
      over = true;
      resolve();
      wake();
    });
  });
  request.on('error', () => {});
  response.on('error', () => {});
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    wake();
  });
  const untilText = async (wanted: (text: string) => boolean): Promise<void> => {
    while (!wanted(text())) {
      if (over) throw new Error(`The stream ended with: ${text()}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    chunks,
    text,
    messages,
    async until(count) {
      await untilText(() => messages().length >= count);
      return messages();
    },
    untilText,
    ended,
    kill: () => response.destroy(),
    [Symbol.dispose]: () => response.destroy(),
  };
}
