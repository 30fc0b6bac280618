import { type Clock, makeClock } from '../../src/sandbox/clock.ts';
import { type Memory, openMemory } from '../../src/sandbox/memory.ts';
import { startX, type XOptions } from '../../src/sandbox/x/server.ts';

export const CREDENTIALS = { bearerToken: 'app-token', clientId: 'client', clientSecret: 'secret' };
export const CALLBACK = 'http://localhost:3000/auth/x';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
  body: any;
  text: string;
}

/** A stand-in that listens, and the hands to work with it. */
export interface XUnderTest extends AsyncDisposable {
  url: string;
  clock: Clock;
  memory: Memory;
  /** A request to `/control`; anything but success is a fault of the test. */
  control(method: string, path: string, body?: object): Promise<Answer['body']>;
  /** A request as the app; `token: null` sends none. */
  api(method: string, path: string, options?: { body?: object; token?: string | null }): Promise<Answer>;
  /** Adds a user with this name, whose id is returned. */
  user(username: string, more?: object): Promise<string>;
  /** Writes a post, and gives its id. */
  post(author: string, text: string, more?: object): Promise<string>;
  rule(value: string, tag?: string): Promise<string>;
}

export async function standIn(options: Partial<XOptions> = {}): Promise<XUnderTest> {
  const memory = options.memory ?? (await openMemory());
  const clock = options.clock ?? makeClock();
  const server = await startX({
    memory,
    clock,
    publicUrl: 'http://localhost:3000/sandbox/x',
    credentials: CREDENTIALS,
    callbacks: [CALLBACK],
    ...options,
  });
  const request = async (method: string, path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${server.url}${path}`, { method, redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  };
  const json = (body?: object): RequestInit =>
    body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const x: XUnderTest = {
    url: server.url,
    clock,
    memory,
    async control(method, path, body) {
      const answer = await request(method, `/control${path}`, json(body));
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body;
    },
    api(method, path, { body, token = CREDENTIALS.bearerToken } = {}) {
      const { headers, ...init } = json(body);
      return request(method, path, {
        ...init,
        headers: { ...headers, ...(token !== null && { authorization: `Bearer ${token}` }) },
      });
    },
    user: async (username, more = {}) =>
      (await x.control('POST', '/users', { username, name: username.toUpperCase(), ...more })).id,
    post: async (author, text, more = {}) =>
      (await x.control('POST', '/posts', { author, text, ...more })).id,
    async rule(value, tag) {
      const answer = await x.api('POST', '/2/tweets/search/stream/rules', {
        body: { add: [{ value, ...(tag && { tag }) }] },
      });
      if (answer.body.meta.summary.created !== 1) throw new Error(answer.text);
      return answer.body.data[0].id;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return x;
}

/** A merchant `acme` with a product post, and a shopper `sam`: what most tests begin with. */
export async function shop(options: Partial<XOptions> = {}): Promise<XUnderTest & { product: string }> {
  const x = await standIn(options);
  await x.user('acme', { id: '1111' });
  await x.user('sam', { id: '2222', email: 'sam@example.com' });
  return { ...x, product: await x.post('acme', 'New mug. Reply to get it.') };
}
