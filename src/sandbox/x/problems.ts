import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An answer that refuses a request, in one of the shapes that X uses (X docs: response codes and errors). */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: ContentfulStatusCode;
  /** JSON, or a page as X's edge sends one. */
  readonly body: object | string;
  readonly headers: Record<string, string>;

  constructor(status: ContentfulStatusCode, body: object | string, headers: Record<string, string> = {}) {
    super(typeof body === 'string' ? `${status}` : JSON.stringify(body));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const problemType = (name: string): string => `https://api.x.com/2/problems/${name}`;

/** A problem that says no more than its status does. */
const plain = (status: ContentfulStatusCode, title: string, detail = title): Refusal =>
  new Refusal(status, { title, type: 'about:blank', status, detail });

export const unauthorized = (): Refusal => plain(401, 'Unauthorized');
export const forbidden = (detail: string): Refusal => plain(403, 'Forbidden', detail);
export const notFound = (): Refusal => plain(404, 'Not Found');

/** @param parameters what the client sent, by the parameter's name */
export const invalidRequest = (message: string, parameters: Record<string, string[]> = {}): Refusal =>
  new Refusal(400, {
    errors: [{ parameters, message }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: problemType('invalid-request'),
    status: 400,
  });

/** @param used the kind of token that was sent; the others would do */
export const unsupportedAuthentication = (used: string, supported: string[]): Refusal =>
  new Refusal(403, {
    title: 'Unsupported Authentication',
    detail: `Authenticating with ${used} is forbidden for this endpoint.  Supported authentication types are [${supported.join(', ')}].`,
    type: problemType('unsupported-authentication'),
    status: 403,
  });

export const clientForbidden = (): Refusal =>
  new Refusal(403, {
    client_id: '10000000',
    detail:
      'When authenticating requests to the Twitter API v2 endpoints, you must use keys and tokens from a Twitter developer App that is attached to a Project. You can create a project via the developer portal.',
    registration_url: 'https://developer.twitter.com/en/docs/projects/overview',
    title: 'Client Forbidden',
    required_enrollment: 'Appropriate Level of API Access',
    reason: 'client-not-enrolled',
    type: problemType('client-forbidden'),
  });

const ACCOUNT_ID = '1553000000000000000';

export const creditsDepleted = (): Refusal =>
  new Refusal(402, {
    account_id: ACCOUNT_ID,
    title: 'CreditsDepleted',
    detail: `Your enrolled account [${ACCOUNT_ID}] does not have any credits to fulfill this request.`,
    type: 'https://api.twitter.com/2/problems/credits',
  });

export const tooManyRequests = (headers: Record<string, string>): Refusal =>
  new Refusal(
    429,
    { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
    headers,
  );

export const tooManyConnections = (): Refusal =>
  new Refusal(429, {
    title: 'ConnectionException',
    detail: 'This stream is currently at the maximum allowed connection limit.',
    connection_issue: 'TooManyConnections',
    type: problemType('streaming-connection'),
  });

export const noRules = (): Refusal =>
  new Refusal(409, {
    title: 'ConnectionException',
    detail:
      'You must define rules using the POST /2/tweets/search/stream/rules endpoint before connecting to filtered stream.',
    connection_issue: 'RuleConfigurationIssue',
    type: problemType('streaming-connection'),
  });

/** What X's edge says when nothing behind it answers: a page, not JSON. */
export const unavailable = (): Refusal =>
  new Refusal(
    503,
    '<!DOCTYPE html><html lang="en"><head><title>X / Error</title></head><body><h1>503 Service Temporarily Unavailable</h1></body></html>',
  );

/** A thing that was asked for by name and is not there: stands in `errors` of an answer with status 200. */
export const missing = (
  resource_type: 'tweet' | 'user' | 'rule',
  parameter: string,
  value: string,
): object => ({
  value,
  detail: `Could not find ${resource_type} with ${parameter}: [${value}].`,
  title: 'Not Found Error',
  resource_type,
  parameter,
  resource_id: value,
  type: problemType('resource-not-found'),
});

/** A thing that is there but not for this caller. */
export const hidden = (resource_type: 'tweet', parameter: string, value: string): object => ({
  value,
  detail: `Sorry, you are not authorized to see the Tweet with ${parameter}: [${value}].`,
  title: 'Authorization Error',
  resource_type,
  parameter,
  resource_id: value,
  type: problemType('not-authorized-for-resource'),
});
