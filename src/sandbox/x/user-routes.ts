import { Hono } from 'hono';
import { userFieldsQuery, wantedOf } from './fields.ts';
import { callingUser, type Env, guard } from './guard.ts';
import { invalidRequest, missing } from './problems.ts';
import { idList, readQuery } from './request-input.ts';
import type { StandIn } from './stand-in.ts';
import { userPayload } from './user-payload.ts';
import { userNamed } from './users.ts';

const scopes = ['tweet.read', 'users.read'];
const access = { app: [{ requests: 300 }], user: [{ requests: 900 }], scopes };

/** Users by id, by name, and who is signed in (X docs: users lookup). */
export function userRoutes(x: StandIn): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/2/users/me', guard(x, 'GET /2/users/me', { user: [{ requests: 75 }], scopes }), (c) => {
    const { user: fields } = wantedOf(readQuery(c, userFieldsQuery));
    const caller = callingUser(c);
    const isEmailShown = caller.scopes.includes('users.email') && x.state.app().requestEmail;
    return c.json({ data: userPayload(caller.user, fields, isEmailShown ? caller.user.email : null) });
  });

  routes.get('/2/users', guard(x, 'GET /2/users', access), (c) => {
    const query = readQuery(c, { ids: idList(100), ...userFieldsQuery });
    const fields = wantedOf(query).user;
    const ids = [...new Set(query.ids)];
    const data = ids.flatMap((id) => x.state.users.get(id) ?? []).map((user) => userPayload(user, fields));
    const errors = ids.filter((id) => !x.state.users.get(id)).map((id) => missing('user', 'ids', id));
    return c.json({ ...(data.length > 0 && { data }), ...(errors.length > 0 && { errors }) });
  });

  routes.get(
    '/2/users/by/username/:username',
    guard(x, 'GET /2/users/by/username/:username', access),
    (c) => {
      const username = c.req.param('username');
      if (!/^\w{1,15}$/.test(username))
        throw invalidRequest(
          `The \`username\` query parameter value [${username}] does not match ^[A-Za-z0-9_]{1,15}$`,
          {
            username: [username],
          },
        );
      const fields = wantedOf(readQuery(c, userFieldsQuery)).user;
      const user = userNamed(x.state, username);
      return c.json(
        user ? { data: userPayload(user, fields) } : { errors: [missing('user', 'username', username)] },
      );
    },
  );

  routes.get('/2/users/:id', guard(x, 'GET /2/users/:id', access), (c) => {
    const id = c.req.param('id');
    if (!/^\d{1,19}$/.test(id))
      throw invalidRequest(`The \`id\` query parameter value [${id}] is not valid`, { id: [id] });
    const fields = wantedOf(readQuery(c, userFieldsQuery)).user;
    const user = x.state.users.get(id);
    return c.json(user ? { data: userPayload(user, fields) } : { errors: [missing('user', 'id', id)] });
  });

  return routes;
}
