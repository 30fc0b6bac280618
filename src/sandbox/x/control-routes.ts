import { Hono } from 'hono';
import { ControlError } from './control-error.ts';
import {
  appChanges,
  clockChange,
  edit,
  newPost,
  newUser,
  readControl,
  userChanges,
} from './control-input.ts';
import { deletePost, editPost } from './post-changes.ts';
import { currentPosts, retweet, writePost } from './posts.ts';
import { compareIds } from './snowflake.ts';
import type { StandIn } from './stand-in.ts';
import { timelineEntry } from './timeline.ts';
import { addUser, changeUser, findUser, type User } from './users.ts';

/** How people and tests drive the stand-in: they write as anybody, move the clock, change the app. */
export function controlRoutes({ state, stream, faults }: StandIn): Hono {
  const routes = new Hono();

  routes.get('/control/users', (c) => c.json(state.users.values()));
  routes.post('/control/users', async (c) => c.json(addUser(state, await readControl(c, newUser)), 201));
  routes.post('/control/users/:id', async (c) => {
    return c.json(changeUser(state, userOr400(c.req.param('id')), await readControl(c, userChanges)));
  });

  routes.post('/control/posts', async (c) => {
    const { author: handle, text, retweet_of, ...draft } = await readControl(c, newPost);
    const author = userOr400(handle);
    const post = retweet_of
      ? retweet(state, author, retweet_of, draft)
      : writePost(state, author, { ...draft, text: text as string });
    stream.publish(post);
    return c.json(timelineEntry(state, post), 201);
  });
  routes.post('/control/posts/:id/edit', async (c) => {
    const { text } = await readControl(c, edit);
    const post = editPost(state, knownPost(c.req.param('id')), text);
    stream.publish(post);
    return c.json(timelineEntry(state, post), 201);
  });
  routes.delete('/control/posts/:id', (c) => {
    deletePost(state, knownPost(c.req.param('id')));
    return c.json({ deleted: true });
  });
  routes.get('/control/timeline', (c) =>
    c.json(
      state.posts
        .values()
        .sort((a, b) => compareIds(b.id, a.id))
        .map((post) => timelineEntry(state, post)),
    ),
  );

  routes.post('/control/app', async (c) => c.json(state.changeApp(await readControl(c, appChanges))));
  routes.post('/control/clock', async (c) => {
    state.clock.advance((await readControl(c, clockChange)).advance_ms);
    return c.json({ now: state.clock.now() });
  });
  routes.get('/control/state', (c) => {
    const connection = stream.connection();
    return c.json({
      now: state.clock.now(),
      connections: connection
        ? [{ id: connection.id, connected_at: connection.connected_at, delivered: connection.delivered() }]
        : [],
      ...stream.counts(),
      rules: state.rules.values().length,
      posts: currentPosts(state).length,
      users: state.users.values().length,
      app: state.app(),
      faults: faults.list(),
    });
  });

  function userOr400(handle: string): User {
    const user = findUser(state, handle);
    if (!user) throw new ControlError(400, `There is no user ${handle}`);
    return user;
  }
  function knownPost(id: string): string {
    if (!state.posts.get(id)) throw new ControlError(404, `There is no post ${id}`);
    return id;
  }

  return routes;
}
