import { type Logger, type LoggerOptions, pino } from 'pino';
import pretty from 'pino-pretty';

export type Log = Logger;

const EMAIL = /(?<![^\s@"'<>(),;:[\]])[^\s@"'<>(),;:[\]]+@[^\s@"'<>(),;:[\]]+/g;
/** Stripe's keys, and whatever follows a word that announces a token. */
const KEY = /\b(?:[sr]k_(?:live|test)_|whsec_)\w+|\b[Bb]earer\s+\S+/g;
/** The tokens in our own addresses: of carts, orders, downloads, mail wishes, invitations, merchants' accounts. */
const PATH_TOKEN = /(\/(?:[cdo]|unsubscribe|welcome|account\/\d+)\/)[\w-]{20,}(?:\/[\w-]{20,})?/g;
/** The password in an address. */
const PASSWORD = /(:\/\/[^\s:/@]{0,64}:)[^\s@/]+@/g;

/** Takes e-mail addresses and tokens out of a text that is about to be logged. */
export function scrub(text: string): string {
  return text
    .replace(KEY, '[secret]')
    .replace(PATH_TOKEN, '$1[secret]')
    .replace(PASSWORD, '$1[secret]@')
    .replace(EMAIL, '[e-mail]');
}

function scrubError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? scrub(error) : error;
  return {
    type: error.name,
    message: scrub(error.message),
    stack: error.stack === undefined ? undefined : scrub(error.stack),
    ...('code' in error ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: scrubError(error.cause) }),
  };
}

const options: LoggerOptions = {
  base: undefined,
  serializers: { err: scrubError, error: scrubError },
  hooks: {
    logMethod(args, method) {
      const scrubbed = args.map((arg) => (typeof arg === 'string' ? scrub(arg) : arg)) as typeof args;
      method.apply(this, scrubbed);
    },
  },
};

/** Logs go to stderr (stdout is for data): JSON lines, or readable ones on a terminal. */
export function openLog(level: string): Log {
  const stream = process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
    : pino.destination({ dest: 2, sync: true });
  return pino({ ...options, level }, stream);
}

const RARELY_MS = 5_000;

/** Calls at most once in five seconds: an unreachable or full service reports the same thousands of times a second. */
export function rarely<T>(call: (value: T) => void): (value: T) => void {
  let last = 0;
  return (value) => {
    if (Date.now() - last < RARELY_MS) return;
    last = Date.now();
    call(value);
  };
}
