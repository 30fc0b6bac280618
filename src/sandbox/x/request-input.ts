import type { Context } from 'hono';
import { z } from 'zod';
import { invalidRequest } from './problems.ts';

export const snowflake = z.string().regex(/^[0-9]{1,19}$/, 'is not a valid id');

/** A list of ids, `1,2,3`. */
export const idList = (most: number) =>
  z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(snowflake).max(most, `has more than ${most} values`));

/** @param name of the parameter, for the message */
export const integer = (name: string, least: number, most: number) => {
  const message = `The \`${name}\` query parameter value is not between ${least} and ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message));
};

export const timestamp = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/,
    'is not a valid RFC3339 timestamp: YYYY-MM-DDTHH:mm:ssZ',
  )
  .transform((value, ctx) => {
    const time = new Date(value);
    if (Number.isNaN(time.getTime())) ctx.addIssue({ code: 'custom', message: 'is not a time' });
    return time;
  });

/** The query's parameters. What an endpoint does not know, it refuses. @throws Refusal */
export function readQuery<Shape extends z.ZodRawShape>(
  c: Context,
  shape: Shape,
): z.output<z.ZodObject<Shape>> {
  const sent = c.req.queries();
  const unknown = Object.keys(sent).find((name) => !Object.hasOwn(shape, name));
  if (unknown !== undefined)
    throw invalidRequest(
      `The query parameter [${unknown}] is not one of [${Object.keys(shape).sort().join(',')}]`,
      { [unknown]: sent[unknown] as string[] },
    );
  const twice = Object.entries(sent).find(([, values]) => values.length > 1);
  if (twice)
    throw invalidRequest(`The query parameter [${twice[0]}] was sent twice`, { [twice[0]]: twice[1] });
  const result = z.object(shape).safeParse(c.req.query());
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = String(issue?.path[0]);
  throw invalidRequest(messageFor(name, issue?.message ?? '', sent[name]), { [name]: sent[name] ?? [] });
}

function messageFor(name: string, message: string, sent?: string[]): string {
  if (sent === undefined) return `The \`${name}\` query parameter can not be empty`;
  return message.startsWith('The ') ? message : `The \`${name}\` query parameter value [${sent}] ${message}`;
}

/** The body, as JSON. @throws Refusal */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw invalidRequest('Requests with bodies must have content-type of application/json.');
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidRequest(`$.${issue?.path.join('.') ?? ''}: ${issue?.message}`);
}
