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
