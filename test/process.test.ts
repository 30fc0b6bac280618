import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../src/root.ts';
import { freePort } from './global-setup.ts';
import { atEnd } from './harness/at-end.ts';
import { CAMPAIGN } from './harness/context.ts';
import { eventually } from './harness/eventually.ts';

const CLI = path.join(packageRoot, 'dist/src/cli.js');
const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write('not root: what only root can do is left out\n');

/** A folder that everybody may enter: root's database runs as somebody else. */
function aFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'replycart-process-'));
  chmodSync(folder, 0o755);
  atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Run {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  ended: Promise<number | null>;
}

function run(args: string[], env: Record<string, string>, options: { uid?: number; gid?: number } = {}): Run {
  const cwd = aFolder();
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  atEnd(async () => void child.kill('SIGKILL'));
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

async function toEnd(args: string[], env: Record<string, string> = {}) {
  const started = run(args, env);
  const code = await started.ended;
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

async function untilReady(started: Run): Promise<void> {
  await eventually(
    async () =>
      expect(`${started.stdout()}${started.child.exitCode === null ? '' : started.stderr()}`).toMatch(
        /^ready http/m,
      ),
    60_000,
  );
}

/** The server of a data folder, by its file; `undefined` when none runs. */
function serverOf(data: string): number | undefined {
  const file = path.join(data, 'postgres/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

test('start: cold and warm; told to stop it ends everything, with everything kept', async () => {
  const data = path.join(aFolder(), 'data');
  const port = await freePort();
  const env = { DATA_DIR: data, PORT: String(port) };
  const cold = run(['start'], env);
  await untilReady(cold);
  expect(cold.stdout()).toBe(`ready http://localhost:${port}\n`);
  expect(cold.stderr()).toContain('SANDBOX');
  expect(await (await fetch(`http://localhost:${port}/sandbox`)).text()).toContain('speckled stoneware mug');
  const pid = serverOf(data) as number;
  cold.child.kill('SIGTERM');
  expect(await cold.ended).toBe(0);
  expect(serverOf(data)).toBeUndefined();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  const warm = run(['start'], env);
  await untilReady(warm);
  expect(warm.stderr()).not.toContain('catalog applied');
  // Commands beside it reach its stand-ins.
  const connected = await toEnd(['merchants', 'connect', 'nightowl', '--json'], env);
  expect([connected.stderr, JSON.parse(connected.stdout)]).toEqual([
    '',
    expect.objectContaining({
      charges_enabled: false,
      url: expect.stringContaining(`http://localhost:${port}/sandbox/stripe/`),
    }),
  ]);
  // As Ctrl-C under npm does: once from the terminal, once passed on.
  warm.child.kill('SIGINT');
  warm.child.kill('SIGINT');
  expect(await warm.ended).toBe(0);
  expect(serverOf(data)).toBeUndefined();
  expect(await toEnd(['merchants', 'connect', 'nightowl'], env)).toMatchObject({
    code: 69,
    stderr: expect.stringContaining('run "replycart start" (npm start) beside this'),
  });
}, 120_000);

test('a killed start leaves a server behind, and the next one takes it over; commands use what runs and stop only what nobody uses', async () => {
  const data = path.join(aFolder(), 'data');
  const env = { DATA_DIR: data, PORT: String(await freePort()) };
  const first = run(['start'], env);
  await untilReady(first);
  first.child.kill('SIGKILL');
  await first.ended;
  const pid = serverOf(data);
  const second = run(['start'], env);
  await untilReady(second);
  expect(serverOf(data)).toBe(pid);
  const lists = await Promise.all([...Array(3)].map(() => toEnd(['carts', 'list', '--json'], env)));
  expect(lists.map(({ code, stdout }) => [code, stdout])).toEqual(lists.map(() => [0, '[]\n']));
  expect(serverOf(data)).toBe(pid);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  const alone = await toEnd(['carts', 'list', '--json'], env);
  expect([alone.code, alone.stdout, serverOf(data)]).toEqual([0, '[]\n', undefined]);
}, 120_000);

test('a busy port is told, and nothing is left running', async () => {
  const port = await freePort();
  const other = createServer().listen(port);
  atEnd(async () => other.close());
  const data = path.join(aFolder(), 'data');
  const { code, stderr } = await toEnd(['start'], { DATA_DIR: data, PORT: String(port) });
  expect([code, stderr]).toEqual([
    78,
    expect.stringContaining(`port ${port} is in use: stop what uses it, or set PORT to another one`),
  ]);
  expect(serverOf(data)).toBeUndefined();
}, 60_000);

test('a data folder that cannot be written is told', async () => {
  const file = path.join(aFolder(), 'a-file');
  spawnSync('touch', [file]);
  const { code, stderr } = await toEnd(['start'], { DATA_DIR: path.join(file, 'data') });
  expect([code, stderr]).toEqual([
    78,
    expect.stringContaining('set DATA_DIR to a folder that you may write to'),
  ]);
});

(isRoot ? test : test.skip)(
  'where root’s database account cannot get to the folder, the data goes where it can',
  async () => {
    const closed = mkdtempSync(path.join(tmpdir(), 'replycart-closed-'));
    const data = path.join(closed, 'data');
    const list = await toEnd(['migrate'], { DATA_DIR: data });
    expect([list.code, list.stderr]).toEqual([
      0,
      expect.stringContaining('the database lives in /var/lib/replycart/'),
    ]);
    const place = /\/var\/lib\/replycart\/[\w-]+/.exec(list.stderr)?.[0] as string;
    atEnd(async () => {
      for (const folder of [closed, place]) rmSync(folder, { recursive: true, force: true });
    });
    const again = await toEnd(['migrate'], { DATA_DIR: data });
    expect(again.stdout).toBe('the database is up to date\n');
    expect(spawnSync('stat', ['-c', '%a', closed], { encoding: 'utf8' }).stdout).toBe('700\n');
  },
  60_000,
);

(isRoot ? test : test.skip)(
  'it runs as somebody who is not root',
  async () => {
    const nobody = { uid: 65_534, gid: 65_534 };
    const data = path.join(aFolder(), 'theirs');
    mkdirSync(data);
    spawnSync('chown', ['65534:65534', data]);
    const started = run(['migrate'], { DATA_DIR: data }, nobody);
    expect([await started.ended, started.stdout()]).toEqual([0, expect.stringContaining('ran 0001_catalog')]);
  },
  60_000,
);

const REAL = {
  X_BEARER_TOKEN: 'b',
  X_CLIENT_ID: 'c',
  X_CLIENT_SECRET: 's',
  X_API_URL: 'http://127.0.0.1:1',
  X_AUTH_URL: 'http://127.0.0.1:1',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  STRIPE_API_URL: 'http://127.0.0.1:1',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'a@b.example',
  SECRET_KEY: 'x'.repeat(32),
  PUBLIC_URL: 'http://localhost:1',
  DATABASE_URL: 'postgres://replycart:hunter2@127.0.0.1:1/replycart',
};

test.each<[string, string[], Record<string, string>, number, string]>([
  ['bad settings', ['start'], { PORT: 'many', LOG_LEVEL: 'loud' }, 78, '2 fault(s) in the settings'],
  ['one credential of many', ['web'], { X_BEARER_TOKEN: 'b' }, 78, 'STRIPE_SECRET_KEY is missing'],
  ['a process of the sandbox', ['worker'], {}, 78, '"replycart start" runs the sandbox'],
  [
    'a database that does not answer',
    ['migrate'],
    REAL,
    69,
    'the database 127.0.0.1:1/replycart does not answer',
  ],
  [
    'a catalog that is not there',
    ['catalog', 'check', 'nowhere.yaml'],
    {},
    78,
    'the catalog nowhere.yaml cannot be read (ENOENT)',
  ],
  ['an unknown command', ['strat'], {}, 2, 'Did you mean start?'],
  ['an unknown option', ['carts', 'list', '--jsno'], {}, 2, 'Did you mean --json?'],
  ['a missing argument', ['carts', 'show'], {}, 2, 'missing required argument'],
])('%s', async (_name, args, env, code, message) => {
  const ended = await toEnd(args, env);
  expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(message)]);
  expect(ended.stderr).not.toContain('hunter2');
});

test('a bad catalog is listed, and not applied', async () => {
  const { code, stdout } = await toEnd(['catalog', 'check', path.join(packageRoot, 'package.json')]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('package.json:')]);
  expect(await toEnd(['catalog', 'check', CAMPAIGN, '--json'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"faults":[]'),
  });
});

test.each([
  [],
  ['start'],
  ['catalog'],
  ['catalog', 'check'],
  ['replies', 'show'],
  ['carts', 'show'],
  ['staff', 'add'],
  ['doctor'],
  ['sandbox'],
  ['worker'],
])('help for %s %s', async (...args) => {
  const { code, stdout } = await toEnd([...args.filter(Boolean), '--help']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Usage: replycart')]);
});
