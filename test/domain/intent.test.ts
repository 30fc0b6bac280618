import { expect, test } from '@jest/globals';
import { readIntent } from '../../src/domain/intent.ts';
import type { Post } from '../../src/domain/post.ts';

const tags = new Map([
  ['t', 'add'],
  ['r', 'remove'],
] as const);

const read = (text: string): string => {
  const post: Post = {
    id: '2',
    author_id: '1',
    text,
    tags: [...text.matchAll(/#(\w+)/g)].map((match) => match[1] as string),
    retweet: false,
    edit_history: ['2'],
  };
  const intent = readIntent(post, tags);
  return intent.kind === 'order' ? intent.action : intent.kind;
};

test.each([
  "Don't #T this, mine broke in a week",
  'Don’t #T',
  'please don’t just #T',
  'no #T for me',
  'do not #T',
  'never ever #T',
  '#T is not for me',
  'no #T',
  'por favor no uses #T',
  'non usate #T',
  'ne mettez pas #T',
  'bitte nicht #T',
  'não usem #T',
  '不要 #T',
  '#T しないでください',
  '#T 하지 마세요',
  '#T istemiyorum',
  'لا تستخدموا #T',
])('negated: %s', (text) => {
  expect(read(text)).toBe('negated');
});

test.each([
  'How does “#T” work?',
  'what is #T?',
  '#T how does this work',
  '¿Cómo funciona #T?',
  'cos’è #T?',
  'comment marche #T ?',
  'wie funktioniert #T?',
  'como funciona #T?',
  '#T とは？',
  '#T 怎么用？',
  '#T 어떻게 해요?',
  '#T nedir?',
  'كيف يعمل #T؟',
])('helped: %s', (text) => {
  expect(read(text)).toBe('helped');
});

test.each([
  '#T',
  'no rush #T',
  'no rush, #T',
  'Oh no! #T',
  'oh no #T',
  'why not #T',
  "Can't wait to #T",
  "don't forget to #T",
  'not sure my kid will like it. #T',
  'I do not need it, my wife does! #T',
  'What a mug! #T',
  '#T does it come in blue?',
  'How much is shipping? #T',
  '¿por qué no? #T',
  'warum nicht #T',
  '#T no rush',
  'nono #T',
])('an order: %s', (text) => {
  expect(read(text)).toBe('add');
});

test('tags that contradict each other, and none', () => {
  expect(read('#T #R')).toBe('conflicting_tags');
  expect(read('#R')).toBe('remove');
  expect(read('nice #mug')).toBe('no_trigger');
});

test('a sign that the grammar uses itself is nothing special in a text', () => {
  expect(read('how does \ue000 work? #T')).toBe('add');
});
