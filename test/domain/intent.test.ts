import { expect, test } from '@jest/globals';
import type { Action } from '../../src/domain/catalog.ts';
import { readIntent } from '../../src/domain/intent.ts';
import type { Post } from '../../src/domain/post.ts';

const tags = new Map([
  ['t', 'add'],
  ['r', 'remove'],
] as const);

const read = (text: string, known: ReadonlyMap<string, Action> = tags): string => {
  const post: Post = {
    id: '2',
    author_id: '1',
    text,
    tags: [...text.matchAll(/#(\w+)/g)].map((match) => match[1] as string),
    retweet: false,
    edit_history: ['2'],
  };
  const intent = readIntent(post, known);
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

const allTags = new Map([
  ['t', 'add'],
  ['r', 'remove'],
  ['buynow', 'buy'],
  ['give', 'donate'],
  ['stopit', 'stop'],
] as const);

test.each([
  ['#BuyNow', 'buy'],
  ['#T #BuyNow', 'buy'],
  ['#BuyNow #T x2', 'buy'],
  ['#Give', 'donate'],
  ['#T #Give', 'donate'],
  ['#Give #BuyNow', 'conflicting_tags'],
  ['#BuyNow #R', 'conflicting_tags'],
  ['#T #BuyNow #R', 'conflicting_tags'],
  ["don't #BuyNow", 'negated'],
  ['how does #Give work?', 'helped'],
  ['#StopIt', 'stop'],
  ['please #StopIt', 'stop'],
  ['no thanks #StopIt', 'stop'],
  ['no #StopIt', 'stop'],
  ['no, please #StopIt', 'stop'],
  ['non, #StopIt', 'stop'],
  ['#StopIt #T x2', 'stop'],
  ["don't #T, #StopIt", 'stop'],
  ['how does #T work? #StopIt', 'stop'],
  ["please don't #StopIt", 'negated'],
  ['no uses #StopIt', 'negated'],
  ['does #StopIt work?', 'helped'],
  ['#T stop', 'stop'],
  ['STOP #T', 'stop'],
  ['#T. Please stop.', 'stop'],
  ['#T stop!!!', 'stop'],
  ['#T unsubscribe, you write too often', 'stop'],
  ['too many mails. Unsubscribe me please #T', 'stop'],
  ['#T opt out', 'stop'],
  ['#T darme de baja', 'stop'],
  ['#T ¡déjenme en paz!', 'stop'],
  ['¡Basta ya! #T', 'stop'],
  ['#T no más correos', 'stop'],
  ['#T lasciatemi in pace', 'stop'],
  ['non scrivetemi più #T', 'stop'],
  ['#T smettetela!', 'stop'],
  ['#T hört auf!', 'stop'],
  ['keine Mails mehr #T', 'stop'],
  ['#T laissez-moi tranquille', 'stop'],
  ['#T me deixem em paz', 'stop'],
  ['no more emails please #T', 'stop'],
  ["don't email me #T", 'stop'],
  ['stop sending me messages #T', 'stop'],
  ['#T arrêter', 'stop'],
  ['#T abmelden bitte', 'stop'],
  ['#T basta', 'stop'],
  ['#T descadastrar', 'stop'],
  ['#T 配信停止', 'stop'],
  ['#T 退订', 'stop'],
  ['#T 수신 거부', 'stop'],
  ['#T إلغاء الاشتراك', 'stop'],
  ['#T durdurun', 'stop'],
  ["don't stop #T", 'add'],
  ["can't stop, won't stop #T", 'add'],
  ['non-stop #T', 'add'],
  ['#T Stop!! I love it', 'add'],
  ['Stop! So cute #T', 'add'],
  ['#T stop it, this is lovely', 'add'],
  ['bus stop vibes #T', 'add'],
  ['I love this. Stop. It is too good #T', 'add'],
  ['nonstop #T', 'add'],
])('with every kind of tag: %s is %s', (text, kind) => {
  expect(read(text, allTags)).toBe(kind);
});
