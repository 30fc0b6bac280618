import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { expansionsQuery, postFieldsQuery, userFieldsQuery, wantedOf } from './fields.ts';
import { type Env, guard } from './guard.ts';
import { includesOf } from './includes.ts';
import { postPayload } from './post-payload.ts';
import { invalidRequest } from './problems.ts';
import { integer, readQuery, snowflake, timestamp } from './request-input.ts';
import type { Expression } from './rule-matching.ts';
import { parseRule } from './rule-parser.ts';
import { RuleFault } from './rule-tokens.ts';
import { type SearchSpan, searchPosts } from './search.ts';
import { timeOfId } from './snowflake.ts';
import type { StandIn } from './stand-in.ts';

const PATH = '/2/tweets/search/recent';
const REACHES_BACK_MS = 7 * 86_400_000;
/** A post takes so long until search finds it. */
const INDEXED_AFTER_MS = 10_000;

const parameters = {
  query: z.string().min(1),
  max_results: integer('max_results', 10, 100).default(10),
  next_token: z.string().optional(),
  pagination_token: z.string().optional(),
  start_time: timestamp.optional(),
  end_time: timestamp.optional(),
  since_id: snowflake.optional(),
  until_id: snowflake.optional(),
  sort_order: z.enum(['recency', 'relevancy'], 'is not one of [recency,relevancy]').optional(),
  ...postFieldsQuery,
  ...userFieldsQuery,
  ...expansionsQuery,
};

type Query = z.output<z.ZodObject<typeof parameters>>;

/** Recent search: the last seven days (X docs: recent search). */
export function searchRoutes(x: StandIn): Hono<Env> {
  const routes = new Hono<Env>();
  const access = {
    app: [{ requests: 450 }],
    user: [{ requests: 300 }],
    scopes: ['tweet.read', 'users.read'],
  };

  routes.get(PATH, guard(x, `GET ${PATH}`, access), (c) => {
    const query = readQuery(c, parameters);
    const span = spanOf(query, x.state.clock.now());
    const token = query.next_token ?? query.pagination_token;
    const before = token === undefined ? undefined : readToken(token, query.query);
    const found = searchPosts(x.state, expressionOf(query.query), {
      ...span,
      untilId: before ?? span.untilId,
    });
    const page = found.slice(0, query.max_results);
    const [newest, oldest] = [page[0], page.at(-1)];
    if (!newest || !oldest) return c.json({ meta: { result_count: 0 } });
    const wanted = wantedOf(query);
    return c.json({
      data: page.map((post) => postPayload(x.state, post, wanted.post)),
      ...includesOf(x.state, page, wanted),
      meta: {
        newest_id: newest.id,
        oldest_id: oldest.id,
        result_count: page.length,
        ...(found.length > page.length && { next_token: tokenFor(oldest.id, query.query) }),
      },
    });
  });

  return routes;
}

function expressionOf(query: string): Expression {
  try {
    return parseRule(query, 'search');
  } catch (error) {
    if (error instanceof RuleFault) throw invalidRequest(error.message, { query: [query] });
    throw error;
  }
}

/** Since and until an id go before times, as X says. @throws Refusal where X does not reach */
function spanOf(query: Query, now: Date): SearchSpan {
  const earliest = new Date(now.getTime() - REACHES_BACK_MS);
  const latest = new Date(now.getTime() - INDEXED_AFTER_MS);
  const { start_time, end_time, since_id, until_id } = query;
  if (since_id !== undefined && timeOfId(since_id) < earliest)
    throw invalidRequest(`'since_id' must be a tweet id created after ${earliest.toISOString()}`, {
      since_id: [since_id],
    });
  if (start_time && start_time < earliest)
    throw invalidRequest(
      `Invalid 'start_time':'${start_time.toISOString()}'. 'start_time' must be on or after ${earliest.toISOString()}`,
      { start_time: [start_time.toISOString()] },
    );
  if (end_time && end_time > latest)
    throw invalidRequest(
      `Invalid 'end_time':'${end_time.toISOString()}'. 'end_time' must be a minimum of 10 seconds prior to the request time.`,
      { end_time: [end_time.toISOString()] },
    );
  if (start_time && start_time >= (end_time ?? latest))
    throw invalidRequest(
      `Invalid 'start_time':'${start_time.toISOString()}'. 'start_time' must be before 'end_time'`,
      {
        start_time: [start_time.toISOString()],
      },
    );
  return {
    from: (since_id === undefined ? start_time : undefined) ?? earliest,
    to: (until_id === undefined ? end_time : undefined) ?? latest,
    ...(since_id !== undefined && { sinceId: since_id }),
    ...(until_id !== undefined && { untilId: until_id }),
  };
}

/** A page's token is good for the query that it came with. */
const tokenFor = (lastId: string, query: string): string =>
  Buffer.from(`${digest(query)}.${lastId}`).toString('base64url');

function readToken(token: string, query: string): string {
  const [madeFor, lastId = ''] = Buffer.from(token, 'base64url').toString().split('.');
  if (madeFor !== digest(query) || !/^\d{1,19}$/.test(lastId))
    throw invalidRequest(`Invalid 'next_token':'${token}'`, { next_token: [token] });
  return lastId;
}

const digest = (query: string): string => createHash('sha256').update(query).digest('base64url').slice(0, 12);
