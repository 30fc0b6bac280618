import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../src/root.ts';
import { CAMPAIGN } from './harness/context.ts';
import { eventually } from './harness/eventually.ts';
import { aFolder } from './harness/folder.ts';

const CLI = path.join(packageRoot, 'dist/src/cli.js');
const GOOD = readFileSync(CAMPAIGN, 'utf8');
const WARNED = GOOD.replace('stock: 10', 'stock: 10\n        stock_mode: none');

function check(file: string, ...args: string[]) {
  const cwd = aFolder({ 'catalog.yaml': file });
  return spawnSync(process.execPath, [CLI, 'catalog', 'check', 'catalog.yaml', ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
}

test('warnings alone are no failure, and say that they are warnings', () => {
  const { status, stdout } = check(WARNED);
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^catalog.yaml:25:16: warning: says nothing: stock_mode/),
  ]);
  expect(stdout).toContain('catalog.yaml: 0 error(s), 1 warning(s); 2 merchant(s), 11 product(s)');
});

test('errors are a failure; as JSON, too', () => {
  const bad = WARNED.replace('"18.00"', '"18.001"');
  expect(check(bad).status).toBe(1);
  const { status, stdout } = check(bad, '--json');
  expect([status, JSON.parse(stdout)]).toEqual([
    1,
    {
      catalog: 'catalog.yaml',
      faults: [
        expect.objectContaining({ kind: 'error', file: 'catalog.yaml', line: 23, column: 16 }),
        expect.objectContaining({
          kind: 'warning',
          line: 25,
          see: { file: 'catalog.yaml', line: 26, column: 21 },
        }),
      ],
    },
  ]);
});

test('--watch checks again when a file changes, and ends cleanly', async () => {
  const folder = aFolder({ 'catalog.yaml': GOOD });
  const child = spawn(process.execPath, [CLI, 'catalog', 'check', '--watch', 'catalog.yaml'], {
    cwd: folder,
    env: { PATH: process.env.PATH },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  await eventually(async () => expect(said).toContain('no faults; 2 merchant(s)'));
  writeFileSync(path.join(folder, 'catalog.yaml'), GOOD.replace('"18.00"', '18.00'));
  await eventually(async () =>
    expect(said).toContain('catalog.yaml:23:16: error: price must stand in quotes: "18.00"'),
  );
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
});
