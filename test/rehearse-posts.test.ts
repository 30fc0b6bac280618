import { expect, test } from '@jest/globals';
import { rehearser } from '../src/actions/rehearse.ts';
import { readCatalogFile } from '../src/catalog/read.ts';
import { CAMPAIGN } from './harness/context.ts';

const { file } = await readCatalogFile(CAMPAIGN);
if (!file) throw new Error('the campaign has faults');
const rehearse = rehearser(file, new Date('2026-11-22T12:00:00Z'));

const MUG = '2080761390596595240';
const EDITED_MUG = '2080761390600000000';
const UNKNOWN = '2091000000000000005';
const TAG = { hashtags: [{ start: 0, end: 10, tag: 'AddToCart' }] };

/** What becomes of a post that is not as simple as a line in short. */
const become = (data: object, more: object = {}): Record<string, unknown> => {
  const own = {
    id: '2092000000000000000',
    text: '#AddToCart',
    author_id: '2222222222222222222',
    conversation_id: MUG,
    referenced_tweets: [{ type: 'replied_to', id: MUG }],
    entities: TAG,
  };
  return rehearse({ post: { data: { ...own, ...data } }, ...more }).result;
};

const twoMugs = { outcome: 'added', lines: [{ sku: 'MUG', quantity: 2 }] };
const oneMug = { outcome: 'added', lines: [{ sku: 'MUG', quantity: 1 }] };

test.each<[string, object, object]>([
  ['what its note holds', { text: 'So…', note_tweet: { text: 'So… #AddToCart x2', entities: TAG } }, twoMugs],
  [
    'what its note holds without entities, whatever those of the cut text say',
    { text: 'So…', entities: { urls: [] }, note_tweet: { text: 'So… #AddToCart x2' } },
    twoMugs,
  ],
  ['no tag where the entities hold none', { entities: {} }, { outcome: 'ignored', reason: 'no_trigger' }],
  [
    'the tags of its text where it has no entities',
    { entities: undefined, text: '＃ＡｄｄＴｏＣａｒｔ ２' },
    twoMugs,
  ],
])('a post says %s', (_name, data, result) => {
  expect(become(data)).toEqual(result);
});

test('the root of a conversation is known by any id that it has had', () => {
  const reply = {
    conversation_id: EDITED_MUG,
    referenced_tweets: [{ type: 'replied_to', id: UNKNOWN }],
  };
  const root = {
    id: EDITED_MUG,
    text: 'Reply #AddToCart',
    author_id: '1111111111111111111',
    conversation_id: EDITED_MUG,
    edit_history_tweet_ids: [MUG, EDITED_MUG],
  };
  expect(become(reply, { posts: [root] })).toEqual(oneMug);
  expect(become(reply)).toEqual({ outcome: 'ignored', reason: 'not_a_product' });
});
