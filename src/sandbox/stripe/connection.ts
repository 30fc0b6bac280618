import type { Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';

/** What befalls the connection itself, beneath HTTP. */

const socketOf = (c: Context): Socket => (c.env as HttpBindings).incoming.socket;

/** Resets the connection: whoever asked gets ECONNRESET in place of an answer. */
export function reset(c: Context): Response {
  socketOf(c).resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

/** Resolves when whoever asked has given up. */
export async function callerGone(c: Context): Promise<void> {
  const socket = socketOf(c);
  if (!socket.destroyed) await new Promise<void>((gone) => socket.once('close', () => gone()));
}
