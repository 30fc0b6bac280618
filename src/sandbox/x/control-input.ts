import type { Context } from 'hono';
import { z } from 'zod';
import { ControlError } from './control-error.ts';

const id = z.string().regex(/^[1-9]\d{0,18}$/, 'must be an id: up to 19 digits');

export const newUser = z.strictObject({
  username: z.string().regex(/^\w{1,15}$/, 'must be 1 to 15 letters, digits or underscores, without the @'),
  name: z.string().min(1).max(50),
  id: id.optional(),
  email: z.email().nullable().optional(),
  protected: z.boolean().optional(),
  description: z.string().max(160).optional(),
  url: z.url().optional(),
});

export const userChanges = z.strictObject({
  username: newUser.shape.username.optional(),
  protected: z.boolean().optional(),
  suspended: z.boolean().optional(),
});

export const newPost = z
  .strictObject({
    /** Username or id. */
    author: z.string().min(1),
    text: z.string().min(1).max(25_000).optional(),
    reply_to: id.optional(),
    quote_of: id.optional(),
    retweet_of: id.optional(),
    id: id.optional(),
    created_at: z.iso
      .datetime()
      .transform((time) => new Date(time))
      .optional(),
    media: z
      .array(z.enum(['photo', 'video', 'animated_gif']))
      .max(4)
      .optional(),
    reply_settings: z.enum(['everyone', 'following', 'mentionedUsers', 'subscribers', 'verified']).optional(),
  })
  .refine(({ text, retweet_of }) => (text === undefined) !== (retweet_of === undefined), {
    message: 'needs either text or retweet_of',
  })
  .refine(({ retweet_of, reply_to, quote_of }) => !retweet_of || !(reply_to || quote_of), {
    message: 'a retweet neither replies nor quotes',
  });

export const edit = z.strictObject({ text: z.string().min(1).max(25_000) });

export const appChanges = z.strictObject({
  requestEmail: z.boolean().optional(),
  credits: z.boolean().optional(),
  enrolled: z.boolean().optional(),
  callbacks: z.array(z.url()).optional(),
});

export const clockChange = z.strictObject({ advance_ms: z.number().int().min(0) });

/**
 * A request's JSON body. It must say that it is JSON: pages of other sites cannot send that.
 *
 * @throws ControlError that says what is wrong with it
 */
export async function readControl<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  const body = c.req.header('content-type')?.includes('application/json') ? await parse(c) : undefined;
  if (body === undefined)
    throw new ControlError(400, 'The body must be JSON, with content-type application/json');
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ControlError(400, z.prettifyError(result.error));
}

async function parse(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}
