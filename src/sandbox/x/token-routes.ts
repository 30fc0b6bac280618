import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Credentials } from './caller.ts';
import { GrantFault, redeemCode, refresh, revoke } from './oauth-grants.ts';
import { Refusal } from './problems.ts';
import type { StandIn } from './stand-in.ts';

const client = { client_id: z.string().optional(), client_secret: z.string().optional() };

const tokenRequest = z.discriminatedUnion('grant_type', [
  z.strictObject({
    grant_type: z.literal('authorization_code'),
    code: z.string(),
    redirect_uri: z.string(),
    code_verifier: z.string(),
    ...client,
  }),
  z.strictObject({ grant_type: z.literal('refresh_token'), refresh_token: z.string(), ...client }),
]);

const revocation = z.strictObject({ token: z.string(), token_type_hint: z.string().optional(), ...client });

/** Where an app gets, renews and gives back a user's tokens (X docs: OAuth 2.0 user access token). */
export function tokenRoutes({ state, credentials }: StandIn): Hono {
  const routes = new Hono();

  routes.post('/2/oauth2/token', async (c) => {
    const asked = await readForm(c, tokenRequest);
    const client_id = authenticate(c, asked, credentials);
    try {
      return c.json(
        asked.grant_type === 'refresh_token'
          ? refresh(state, asked.refresh_token)
          : redeemCode(state, { ...asked, client_id }),
      );
    } catch (error) {
      if (error instanceof GrantFault) throw oauthRefusal(400, 'invalid_request', error.message);
      throw error;
    }
  });

  routes.post('/2/oauth2/revoke', async (c) => {
    const asked = await readForm(c, revocation);
    authenticate(c, asked, credentials);
    revoke(state, asked.token);
    return c.json({ revoked: true });
  });

  return routes;
}

/**
 * The app has a secret and must show it, in the header or the body; where it shows it twice, both must be right.
 *
 * @returns the client id
 */
function authenticate(
  c: Context,
  body: { client_id?: string | undefined; client_secret?: string | undefined },
  { clientId, clientSecret }: Credentials,
): string {
  const basic = /^Basic (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const [id, secret] =
    basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':').map(decode);
  const isRight = (sent: string | undefined, expected: string): boolean =>
    sent === undefined || sent === expected;
  const isProven = secret === clientSecret || body.client_secret === clientSecret;
  const agrees = [
    isRight(id, clientId),
    isRight(secret, clientSecret),
    isRight(body.client_id, clientId),
    isRight(body.client_secret, clientSecret),
    id !== undefined || body.client_id !== undefined,
  ].every(Boolean);
  if (!isProven || !agrees)
    throw oauthRefusal(401, 'unauthorized_client', 'Missing valid authorization header');
  return clientId;
}

/** RFC 6749 has both halves of the header percent-encoded. */
function decode(half: string): string {
  try {
    return decodeURIComponent(half);
  } catch {
    return half;
  }
}

/** A form, as X documents, or JSON, as twitter-api-v2 sends and X takes. @throws Refusal */
async function readForm<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  const text = await c.req.text();
  const result = schema.safeParse(
    c.req.header('content-type')?.includes('json')
      ? parseJson(text)
      : Object.fromEntries(new URLSearchParams(text)),
  );
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
  throw oauthRefusal(
    400,
    'invalid_request',
    issue?.code === 'unrecognized_keys'
      ? `Unknown parameter [${String(name)}].`
      : `Missing required parameter [${String(name)}].`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const oauthRefusal = (status: 400 | 401, error: string, error_description: string): Refusal =>
  new Refusal(status, { error, error_description });
