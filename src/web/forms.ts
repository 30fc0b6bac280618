import type { Context as Request } from 'hono';
import { z } from 'zod';

/** An e-mail address as people type it: with spaces around it, now and then. */
export const emailField = z.string().trim().max(254).pipe(z.email());

/** PostgreSQL takes none in a text, and nobody types one. */
const NUL = '\0';

/** The fields of a form that was sent, checked; `undefined` where they are not what the form asks for. */
export async function readForm<T extends z.ZodType>(
  request: Request,
  fields: T,
): Promise<z.infer<T> | undefined> {
  const sent: Record<string, unknown> = await request.req.parseBody().catch(() => ({}));
  if (Object.values(sent).some((value) => typeof value === 'string' && value.includes(NUL))) return undefined;
  return fields.safeParse(sent).data;
}
