import { expect, test } from '@jest/globals';
import { type Reading, readReply } from '../../src/domain/read-reply.ts';
import { readMessage } from '../../src/x/payload.ts';
import { aReply, POST } from '../harness/builders.ts';
import { aCatalog } from '../harness/catalogs.ts';

const catalog = aCatalog({
  products: [
    { sku: 'MUG', posts: [POST.mug] },
    {
      sku: 'TEE',
      posts: [POST.tee],
      options: [{ name: 'size', values: [{ value: 'M' }, { value: 'L' }] }],
    },
  ],
});

/** What became of a reply, in short: "add MUG", "ignored: negated". */
function brief(reading: Reading): string {
  if (reading.kind === 'order') return `${reading.action} ${reading.product.sku}`;
  return [reading.decision.outcome, reading.decision.reason].filter(Boolean).join(': ');
}

const LONGEST = 25_000;
const many = (text: string): string => text.repeat(LONGEST / text.length).slice(0, LONGEST - 12);

test.each([
  ['25,000 letters', many('x')],
  ['letters and digits by turns', many('a1')],
  ['questions without an end', many('how ')],
  ['questions and tags by turns', many('how #T ')],
  ['denials', many('no ')],
  ['one value after the other', many('M L ')],
  ['one line after the other', many('2 M, 3 L, ')],
  ['number signs', many('#')],
  ['signs of times', many('1:')],
  ['addresses that never end', many('a.')],
  ['mail addresses that never end', many('a@')],
  ['combining marks', many('\u0301')],
  ['what grows in compatibility form', many('\ufdfa')],
  ['500 tags', '#AddToTable '.repeat(500)],
  ['NUL', '\0'.repeat(100)],
  ['halves of characters', '\ud800\udc00\udc00\ud800 '.repeat(100)],
  ['overrides of the direction', '\u202e\u2066'.repeat(100)],
])('a post may hold anything: %s', (_name, text) => {
  for (const to of [POST.mug, POST.tee]) {
    const { data } = aReply({ to, text: `${text} #AddToCart` });
    // With X's entities, and without: then the tags are looked for in the text.
    for (const entities of [data.entities, undefined])
      expect(brief(readReply(readMessage({ data: { ...data, entities } }), catalog))).toMatch(
        /^(add (MUG|TEE)|ignored: (negated|no_trigger)|helped)$/,
      );
  }
});
