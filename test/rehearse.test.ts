import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { rehearser } from '../src/actions/rehearse.ts';
import { readCatalogFile } from '../src/catalog/read.ts';
import { atEnd } from './harness/at-end.ts';
import { CAMPAIGN } from './harness/context.ts';

const REPLIES = path.join(import.meta.dirname, 'replies.ndjson');
const NOW = '2026-11-22T12:00:00Z';
const { file } = await readCatalogFile(CAMPAIGN);
if (!file) throw new Error('the campaign has faults');
const rehearse = rehearser(file, new Date(NOW));
const cases = readFileSync(REPLIES, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

test.each(cases.map((each) => [each.id, each.post.data.text, each]))('reply %i: %s', (_, __, each) => {
  expect(rehearse(each).differences).toEqual([]);
});

const folder = mkdtempSync(path.join(tmpdir(), 'replycart-rehearse-'));
atEnd(async () => rmSync(folder, { recursive: true }));

function run(replies: string): { status: number | null; stdout: string; stderr: string } {
  const cli = path.join(import.meta.dirname, '../dist/src/cli.js');
  const given = path.join(folder, 'replies.ndjson');
  writeFileSync(given, replies);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'rehearse', '--catalog', CAMPAIGN, '--now', NOW, given],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH } },
  );
  return { status, stdout, stderr };
}

test('the command prints what becomes of each reply, a JSON line each', () => {
  const { status, stdout } = run(readFileSync(REPLIES, 'utf8'));
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
  expect(lines[0]).toEqual({ id: 1, outcome: 'added', lines: [{ sku: 'MUG', quantity: 1 }] });
});

test('it fails where something else is expected, and names the line and the difference', () => {
  const [first] = cases;
  const { status, stderr } = run(`${JSON.stringify({ ...first, expect: { outcome: 'set' } })}\n`);
  expect(status).toBe(1);
  expect(stderr).toContain('replies.ndjson:1: outcome: expected "set", found "added"');
  expect(stderr).toContain('replies.ndjson:1: lines: expected [], found [{"sku":"MUG","quantity":1}]');
});

test('a line that is no reply is named', () => {
  const { status, stderr } = run('{"post": 5}\n');
  expect(status).toBe(1);
  expect(stderr).toContain('replies.ndjson:1: this is no reply');
});

test('a reply that X delivers again is unchanged', () => {
  const [first] = cases;
  expect(rehearse({ ...first, redelivery: true, expect: undefined }).result).toEqual({
    id: 1,
    outcome: 'unchanged',
    reason: 'seen_before',
  });
});

const CAP = 'https://x.com/shop/status/2080761434073300520';
const POSTER = 'https://x.com/shop/status/2080761429725629992';
const LAMP = 'https://x.com/shop/status/2080761425377959464';
const MUG = 'https://x.com/shop/status/2080761390596595240';
const TEE = 'https://x.com/shop/status/2080761403639606824';

test.each<[Record<string, unknown>, Record<string, unknown>]>([
  [
    { to: MUG, text: 'two #AddToCart', expect: 'added MUG x2' },
    { outcome: 'added', lines: [{ sku: 'MUG', quantity: 2 }] },
  ],
  [{ to: '2080761390596595240', text: '#AddToCart', expect: 'added' }, { outcome: 'added' }],
  [{ to: TEE, text: '#AddToCart red', expect: 'asked: missing_option' }, { missing: ['size'] }],
  [
    { to: TEE, text: '#AddToCart 1 red M and 2 blue L', expect: 'added TEE-BLUE-L x2, TEE-RED-M' },
    { outcome: 'added' },
  ],
  [{ to: CAP, text: '#AddToCart', expect: 'refused: not_started' }, {}],
  [{ to: POSTER, text: '#AddToCart', expect: 'refused: ended' }, {}],
  [{ to: LAMP, text: '#AddToCart', expect: 'refused: paused' }, {}],
  [{ to: MUG, text: '#AddToCart', from: '@Shop', expect: 'ignored: merchant_self' }, {}],
  [{ to: MUG, text: '#AddToCart', from: '9000000000000000009', expect: 'ignored: bot_self' }, {}],
  [{ to: MUG, text: '#AddToCart', from: 'somebody', linked: false, expect: 'held MUG' }, {}],
  [
    { id: 'a', to: MUG, text: '#AddToCart', cart: [{ sku: 'MUG', quantity: 1 }], expect: 'unchanged' },
    { id: 'a' },
  ],
  [{ to: MUG, text: 'lovely', expect: { outcome: 'ignored', reason: 'no_trigger' } }, {}],
])('in short: %j', (given, result) => {
  expect(rehearse(given)).toMatchObject({ result, differences: [] });
});

test('in short, what is expected and not found is a difference; what is not said is none', () => {
  const given = { to: MUG, text: '#AddToCart' };
  expect(rehearse({ ...given, expect: 'added MUG x2' }).differences).toEqual([
    'lines: expected [{"sku":"MUG","quantity":2}], found [{"sku":"MUG","quantity":1}]',
  ]);
  expect(rehearse({ ...given, expect: 'refused: paused' }).differences).toHaveLength(2);
});

test.each([
  [{ to: MUG }, /text must be the text of the reply/],
  [{ to: 'https://x.com/shop', text: 'a' }, /to must be the address of a post/],
  [{ to: MUG, text: 'a', expect: 'aded' }, /expect must begin with one of: added, set/],
  [{ to: MUG, text: 'a', expect: 'asked: what' }, /expect must have one of these behind the colon: /],
  [{ to: MUG, text: 'a', expect: 'added MUG two' }, /expect must be an outcome, as "added"/],
  [{ to: MUG, text: 'a', expect: 5 }, /expect must be an outcome/],
  [{ to: MUG, text: 'a', expects: 'added' }, /expects/],
])('in short, a line that is none is explained: %j', (given, message) => {
  expect(() => rehearse(given)).toThrow(message);
});

test('every line that is no reply is named, with what to write', () => {
  const { status, stdout, stderr } = run(`{"to": 1}\nto: ${MUG}\n{"to": "${MUG}", "text": "#AddToCart"}\n`);
  expect([status, stdout]).toEqual([1, expect.stringContaining('"added"')]);
  expect(stderr).toMatch(/replies.ndjson:1: this is no reply: to .*; text must be/);
  expect(stderr).toMatch(/replies.ndjson:2: this is no reply: .*write each reply on a line of its own/);
});
