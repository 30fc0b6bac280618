import { expect, test } from '@jest/globals';
import { en } from '../src/views/texts/en.ts';
import { languages, localeFor, textsFor } from '../src/views/texts.ts';
import { putInto, sayings } from './harness/texts.ts';

test.each<[string, Array<string | null | undefined>]>([
  // What browsers send.
  ['en', ['en-US,en;q=0.9']],
  ['es', ['es-MX,es;q=0.9,en;q=0.8']],
  ['es', ['en;q=0.5, es;q=0.9']],
  ['it', ['de-DE,de;q=0.9,it-CH;q=0.7,en;q=0.3']],
  ['it', ['IT']],
  ['es', ['es_419']],
  ['en', ['es;q=0, en;q=0.1']],
  ['it', ['es;q=0,it;q=0.001']],
  ['en', ['de, fr;q=0.5, *;q=0.1']],
  ['en', ['est']], // Estonian
  ['en', ['es;q=many']],
  ['en', ['constructor', '__proto__']],
  ['en', [',;=,q=1;;']],
  ['en', ['']],
  ['en', []],
  // What they have chosen, what the browser wants, what the merchant speaks.
  ['it', ['it', 'es-ES', 'en-US']],
  ['es', [null, 'es-ES', 'it-IT']],
  ['it', [null, undefined, 'it-IT']],
  ['it', [null, 'de-DE,de;q=0.8', 'it-IT']],
  ['en', [null, 'en', 'it-IT']],
  ['en', [null, 'de', 'ja-JP']],
  // What they have chosen, their browser at the sign-in, their reply, the merchant.
  ['es', [null, 'de-AT', 'es', 'it-IT']],
  ['it', [null, null, 'ja', 'it-IT']],
])('%s is spoken where %j is wished for', (language, wishes) => {
  expect(textsFor(...wishes).language).toBe(language);
});

test('the locale that decides keeps its region', () => {
  expect(localeFor('de;q=0.9, es-MX;q=0.5')).toBe('es-MX');
  expect(localeFor('de')).toBeUndefined();
});

const english = sayings(en);

test.each(Object.entries(languages))('%s names itself, and all that it says is something', (name, texts) => {
  expect(texts.language).toBe(name);
  const wrong = [...sayings(texts)].filter(
    ([path, text]) => /\b(undefined|null|NaN)\b|\[object/.test(text) || (english.get(path) && !text.trim()),
  );
  expect(wrong).toEqual([]);
});

test.each(Object.entries(languages).filter(([name]) => name !== 'en'))(
  '%s says all that English says, about the same things, and in other words',
  (_name, texts) => {
    const translated = sayings(texts);
    expect([...translated.keys()]).toEqual([...english.keys()]);
    // With one of a thing, a language may have a word for the number.
    const lost = [...english].filter(
      ([path, text]) => putInto(text).join() !== putInto(translated.get(path) ?? '').join(),
    );
    expect(lost).toEqual([]);
    const same = [...english].filter(([path, text]) => text === translated.get(path));
    expect(same.filter(([, text]) => text.split(/\s+/).length > 3)).toEqual([]);
  },
);
