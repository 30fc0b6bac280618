import { Hono } from 'hono';
import { expansionsQuery, postFieldsQuery, userFieldsQuery, wantedOf } from './fields.ts';
import { type Env, guard } from './guard.ts';
import { includesOf } from './includes.ts';
import { postPayload } from './post-payload.ts';
import { isVisible, type Post } from './posts.ts';
import { hidden, invalidRequest, missing } from './problems.ts';
import { idList, readQuery } from './request-input.ts';
import type { StandIn } from './stand-in.ts';
import type { User } from './users.ts';

const MOST_IDS = 100;
const asked = { ...postFieldsQuery, ...userFieldsQuery, ...expansionsQuery };
const scopes = ['tweet.read', 'users.read'];

/** Posts by id. A version of an edited post is given as it was, with the ids of all versions (X docs: edit posts). */
export function lookupRoutes(x: StandIn): Hono<Env> {
  const routes = new Hono<Env>();

  const lookUp = (
    ids: string[],
    parameter: 'id' | 'ids',
    viewer?: User,
  ): { found: Post[]; errors: object[] } => {
    const found: Post[] = [];
    const errors: object[] = [];
    for (const id of new Set(ids)) {
      const post = x.state.posts.get(id);
      if (!post || post.deleted_at !== null) errors.push(missing('tweet', parameter, id));
      else if (isVisible(x.state, post, viewer)) found.push(post);
      else errors.push(hidden('tweet', parameter, id));
    }
    return { found, errors };
  };

  const many = { app: [{ requests: 3_500 }], user: [{ requests: 5_000 }], scopes };
  routes.get('/2/tweets', guard(x, 'GET /2/tweets', many), (c) => {
    const query = readQuery(c, { ids: idList(MOST_IDS), ...asked });
    const { found, errors } = lookUp(query.ids, 'ids', c.var.caller.user);
    const wanted = wantedOf(query);
    return c.json({
      ...(found.length > 0 && { data: found.map((post) => postPayload(x.state, post, wanted.post)) }),
      ...includesOf(x.state, found, wanted),
      ...(errors.length > 0 && { errors }),
    });
  });

  const one = { app: [{ requests: 450 }], user: [{ requests: 900 }], scopes };
  routes.get('/2/tweets/:id', guard(x, 'GET /2/tweets/:id', one), (c) => {
    const id = c.req.param('id');
    if (!/^\d{1,19}$/.test(id))
      throw invalidRequest(`The \`id\` query parameter value [${id}] is not valid`, { id: [id] });
    const wanted = wantedOf(readQuery(c, asked));
    const { found, errors } = lookUp([id], 'id', c.var.caller.user);
    const [post] = found;
    if (!post) return c.json({ errors });
    return c.json({ data: postPayload(x.state, post, wanted.post), ...includesOf(x.state, found, wanted) });
  });

  return routes;
}
