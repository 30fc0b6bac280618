import { z } from 'zod';
import { SCOPES } from './oauth-scopes.ts';
import type { AppSettings } from './state.ts';

/** What an app asks for when it sends a person to X (X docs: OAuth 2.0 authorization code flow with PKCE). */
const authorizationRequest = z.object({
  response_type: z.literal('code', 'response_type must be "code".'),
  client_id: z.string('client_id is missing.'),
  redirect_uri: z.string('redirect_uri is missing.'),
  scope: z
    .string('scope is missing.')
    .refine(
      (value) => value.split(' ').every((name) => Object.hasOwn(SCOPES, name)),
      'scope names a scope that X does not know.',
    ),
  state: z
    .string('state is missing.')
    .min(1, 'state is empty.')
    .max(500, 'state is longer than 500 characters.'),
  code_challenge: z
    .string('code_challenge is missing.')
    .regex(/^[A-Za-z0-9_-]{43}$/, 'code_challenge is not the SHA-256 of a verifier, in base64url.'),
  // RFC 7636 writes S256, twitter-api-v2 s256; X takes both.
  code_challenge_method: z.enum(['S256', 's256'], 'code_challenge_method must be S256.'),
});

export type AuthorizationRequest = z.output<typeof authorizationRequest>;

/**
 * Reads the request of an app.
 *
 * @returns the request, or in plain words why X would show "Something went wrong"
 */
export function readAuthorizationRequest(
  parameters: Record<string, string>,
  clientId: string,
  app: AppSettings,
): AuthorizationRequest | { fault: string } {
  const result = authorizationRequest.safeParse(parameters);
  if (!result.success) return { fault: result.error.issues[0]?.message ?? 'The request is not valid.' };
  const { client_id, redirect_uri, scope } = result.data;
  if (client_id !== clientId) return { fault: 'There is no app with this client_id.' };
  if (!app.callbacks.includes(redirect_uri))
    return { fault: `redirect_uri ${redirect_uri} is not one of the app’s callback URLs.` };
  if (scope.split(' ').includes('users.email') && !app.requestEmail)
    return { fault: 'The app asks for users.email, but its setting "Request email from users" is off.' };
  return result.data;
}
