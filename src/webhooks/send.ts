import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** All of an attempt, the name's resolution included. */
const LONGEST_MS = 10_000;
/** What is read of an answer, so that the connection ends well. Nothing of it is kept. */
const LARGEST_ANSWER = 16 * 1024;

/** An address that nothing is sent to. */
export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

/**
 * Why a merchant's address cannot be taken, if it cannot: it has to be https, without a password, and no name of
 * this machine or its neighbours. What its name stands for is looked at each time that something is sent.
 *
 * @param anywhere the sandbox's merchants may be on this machine, and speak http
 */
export function whyNotSentTo(text: string, anywhere: boolean): string | undefined {
  if (!URL.canParse(text)) return 'it is no address';
  const url = new URL(text);
  if (url.username || url.password) return 'it must not hold a name or a password';
  if (anywhere) return /^https?:$/.test(url.protocol) ? undefined : 'it must begin with https:// or http://';
  if (url.protocol !== 'https:') return 'it must begin with https://';
  return isIP(bare(url)) && !isPublicAddress(bare(url)) ? 'it is not on the public internet' : undefined;
}

/**
 * Sends a message once, and returns the status of the answer. Redirects are answers like any other.
 *
 * @throws AddressRefused for what `whyNotSentTo` refuses, or a name that stands for an address that is not public
 */
export async function sendWebhook(
  address: string,
  body: string,
  headers: Record<string, string>,
  anywhere: boolean,
): Promise<number> {
  const why = whyNotSentTo(address, anywhere);
  if (why) throw new AddressRefused(why);
  const url = new URL(address);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'POST',
      // A connection of its own: none that was opened before the name stood for something else.
      agent: false,
      lookup: anywhere ? undefined : publicOnly,
      signal: AbortSignal.timeout(LONGEST_MS),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Replycart-Webhooks/1',
        ...headers,
      },
    });
    sending.once('error', reject);
    sending.once('response', (response) => {
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > LARGEST_ANSWER) response.destroy();
      });
      response.once('error', () => {});
      response.once('close', () => resolve(response.statusCode ?? 0));
    });
    sending.end(body);
  });
}

/** Without the brackets of IPv6. */
const bare = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** Resolves a name once; the connection goes to just what was looked at. One address that is not public is enough to refuse. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error('the name stands for nothing'), '', 0);
    if (!addresses.every(({ address }) => isPublicAddress(address)))
      return callback(new AddressRefused('its name stands for an address that is not public'), '', 0);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};
