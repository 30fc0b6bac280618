import { expect, test } from '@jest/globals';
import { shop, standIn } from './x-stand-in.ts';

test('looks posts up, and says which are not there or not to be seen', async () => {
  await using x = await shop();
  await x.user('shy', { protected: true });
  const gone = await x.post('sam', 'never mind');
  await x.control('DELETE', `/posts/${gone}`);
  const shy = await x.post('shy', 'psst');
  const { status, body } = await x.api(
    'GET',
    `/2/tweets?ids=${x.product},${gone},${shy},42&tweet.fields=author_id`,
  );
  expect(status).toBe(200);
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([x.product]);
  expect(body.errors[0]).toEqual({
    value: gone,
    detail: `Could not find tweet with ids: [${gone}].`,
    title: 'Not Found Error',
    resource_type: 'tweet',
    parameter: 'ids',
    resource_id: gone,
    type: 'https://api.x.com/2/problems/resource-not-found',
  });
  expect(body.errors[1].type).toBe('https://api.x.com/2/problems/not-authorized-for-resource');
  expect(body.errors[2].resource_id).toBe('42');
  const none = await x.api('GET', '/2/tweets?ids=42');
  expect(Object.keys(none.body)).toEqual(['errors']);
});

test('gives one post, or says that it is not there', async () => {
  await using x = await shop();
  const { body } = await x.api('GET', `/2/tweets/${x.product}?expansions=author_id`);
  expect(body).toEqual({
    data: { id: x.product, text: 'New mug. Reply to get it.', edit_history_tweet_ids: [x.product] },
    includes: { users: [{ id: '1111', name: 'ACME', username: 'acme' }] },
  });
  expect((await x.api('GET', '/2/tweets/42')).body.errors[0].title).toBe('Not Found Error');
});

test('answers by the names that were asked for, old or new', async () => {
  await using x = await shop();
  const reply = await x.post('sam', `long ${'a '.repeat(200)}`, { reply_to: x.product });
  const old = await x.api('GET', `/2/tweets/${reply}?tweet.fields=referenced_tweets,note_tweet`);
  expect(Object.keys(old.body.data)).toEqual([
    'id',
    'text',
    'edit_history_tweet_ids',
    'referenced_tweets',
    'note_tweet',
  ]);
  const renamed = await x.api('GET', `/2/tweets/${reply}?post.fields=referenced_posts,note_post`);
  expect(Object.keys(renamed.body.data)).toEqual([
    'id',
    'text',
    'edit_history_post_ids',
    'referenced_posts',
    'note_post',
  ]);
});

test('counts replies, quotes and retweets', async () => {
  await using x = await shop();
  await x.post('sam', 'yes', { reply_to: x.product });
  await x.post('sam', 'look', { quote_of: x.product });
  await x.control('POST', '/posts', { author: 'sam', retweet_of: x.product });
  const { body } = await x.api('GET', `/2/tweets/${x.product}?tweet.fields=public_metrics`);
  expect(body.data.public_metrics).toMatchObject({ reply_count: 1, quote_count: 1, retweet_count: 1 });
});

test('looks users up by name and id', async () => {
  await using x = await shop();
  const sam = { id: '2222', name: 'SAM', username: 'sam' };
  expect((await x.api('GET', '/2/users/by/username/SAM')).body).toEqual({ data: sam });
  expect((await x.api('GET', '/2/users/2222?user.fields=protected,confirmed_email')).body).toEqual({
    data: { ...sam, protected: false },
  });
  const several = await x.api('GET', '/2/users?ids=2222,42');
  expect(several.body.data).toEqual([sam]);
  expect(several.body.errors[0]).toMatchObject({ resource_type: 'user', value: '42' });
  expect((await x.api('GET', '/2/users/by/username/nobody')).body.errors[0].title).toBe('Not Found Error');
  expect((await x.api('GET', '/2/users/42')).body.errors[0].title).toBe('Not Found Error');
});

test.each([
  '/2/tweets',
  '/2/tweets?ids=',
  '/2/tweets?ids=1,two',
  `/2/tweets?ids=${Array.from({ length: 101 }, (_, n) => n + 1)}`,
  '/2/tweets?ids=1&trim_user=1',
  '/2/tweets/abc',
  '/2/tweets/1?ids=1',
  '/2/users?ids=sam',
  '/2/users/sam',
  '/2/users/1?user.fields=shoe_size',
  '/2/users/by/username/a-b',
  '/2/users/by/username/averyveryverylongname',
])('refuses %s', async (path) => {
  await using x = await standIn();
  const { status, body } = await x.api('GET', path);
  expect([status, body.title]).toEqual([400, 'Invalid Request']);
});

test('who is signed in is nothing that the app’s own token could ask', async () => {
  await using x = await shop();
  const { status, body } = await x.api('GET', '/2/users/me');
  expect(status).toBe(403);
  expect(body).toMatchObject({
    title: 'Unsupported Authentication',
    type: 'https://api.x.com/2/problems/unsupported-authentication',
  });
});
