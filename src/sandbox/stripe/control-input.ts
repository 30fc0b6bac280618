import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';

/** Reads a body in JSON; none is an empty one. @throws HTTPException 400 that says what is wrong with it */
export async function readInput<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const body = await c.req.text();
  const read = schema.safeParse(parseJson(body));
  if (read.success) return read.data;
  throw refuse(400, z.prettifyError(read.error));
}

/** Something that the control API does not do. */
export const refuse = (status: 400 | 404 | 409 | 422, message: string): HTTPException =>
  new HTTPException(status, { res: Response.json({ error: { message } }, { status }) });

function parseJson(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw refuse(400, 'The body is not JSON.');
  }
}
