import type { Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { checkExpansions, expandObject } from './api-expand.ts';
import { type Answer, once } from './api-idempotency.ts';
import { refuseParams } from './api-param-refusals.ts';
import { parseForm, text } from './api-params.ts';
import { callerGone } from './connection.ts';
import type { FaultKind } from './faults.ts';
import { failure, invalid, Refusal } from './refusals.ts';
import type { Stand } from './stand.ts';

/** What the steps before an endpoint found out about a request. */
export interface ApiEnv {
  Variables: { requestId: string; fault: FaultKind | undefined };
}

/** The request that causes an effect: events tell it. */
export interface Call {
  requestId: string;
  /** The idempotency key; only of POST requests. */
  key: string | null;
  /** The `:id` of the path; empty where it has none. */
  id: string;
}

interface Endpoint<P> {
  method: 'DELETE' | 'GET' | 'POST';
  /** In hono's style: `/v1/refunds/:id`. */
  path: string;
  /** The form's or query's parameters, without `expand`. */
  params: z.ZodType<P>;
  /** Parameters that Stripe has and this endpoint does not act on: they are refused as such. */
  notSimulated?: readonly string[];
  /** What kind of object is answered, or listed. */
  answers: string;
  list?: boolean;
  /** Refuses parameters that do not fit each other or the time. A refusal is not stored under the idempotency key. */
  check?: (stand: Stand, params: P) => void;
  /** Takes effect. What it answers is stored under the idempotency key, refusals as well. */
  run: (stand: Stand, params: P, call: Call) => object;
}

/** Puts an endpoint into the API. */
export type Mount = (api: Hono<ApiEnv>, stand: Stand) => void;

/** An endpoint of the API: reads the form, keeps to the idempotency key, answers in JSON. */
export function endpoint<P>(definition: Endpoint<P>): Mount {
  return (api, stand) => {
    api.on(definition.method, definition.path, async (c) => {
      const form = await readForm(c);
      const key = (c.req.method === 'POST' && c.req.header('idempotency-key')) || null;
      const call: Call = { requestId: c.get('requestId'), key, id: c.req.param('id') ?? '' };
      const { status, body, replayOf } = await once(stand, call, `${c.req.path}?${form}`, async () => {
        if (c.get('fault') !== 'timeout') return answer(definition, stand, form, call, c.get('fault'));
        await callerGone(c);
        return { ...refused(failure()), begun: false };
      });
      if (key !== null) c.header('Idempotency-Key', key);
      if (replayOf !== undefined) {
        c.header('Idempotent-Replayed', 'true');
        c.header('Original-Request', replayOf);
      }
      return c.body(body, status, { 'content-type': 'application/json' });
    });
  };
}

function answer<P>(
  definition: Endpoint<P>,
  stand: Stand,
  form: string,
  call: Call,
  fault: FaultKind | undefined,
): Answer {
  let begun = false;
  try {
    const { params, expand } = readParams(definition, form);
    checkExpansions(expand, definition.answers, definition.list ?? false);
    definition.check?.(stand, params);
    begun = true;
    if (fault === 'stored_500') throw failure();
    const object = expandObject(stand, definition.run(stand, params, call), expand);
    if (fault === 'stored_500_after') throw failure();
    return { status: 200, body: JSON.stringify(object, null, 2), begun };
  } catch (error) {
    if (error instanceof Refusal) return { ...refused(error), begun };
    throw error;
  }
}

const refused = ({ status, error }: Refusal): { status: ContentfulStatusCode; body: string } => ({
  status,
  body: JSON.stringify({ error }, null, 2),
});

/** The parameters as they were sent: in the query of a GET, in the body of a POST. */
async function readForm(c: Context): Promise<string> {
  if (c.req.method === 'GET') return new URL(c.req.url).search.slice(1);
  const form = await c.req.text();
  if (form !== '' && !c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded'))
    throw invalid('The parameters of a POST request must be sent as application/x-www-form-urlencoded.');
  return form;
}

const expansions = z.array(text()).default([]);

function readParams<P>(definition: Endpoint<P>, form: string): { params: P; expand: string[] } {
  const { expand: wanted, ...given } = parseForm(form);
  const expand = expansions.safeParse(wanted, { reportInput: true });
  const params = definition.params.safeParse(given, { reportInput: true });
  if (params.success && expand.success) return { params: params.data, expand: expand.data };
  const issues = [...(params.error?.issues ?? []), ...(expand.error?.issues ?? [])];
  throw refuseParams(issues, definition.notSimulated ?? []);
}
