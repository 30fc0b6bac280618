import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../global-setup.ts';
import { processesIn } from './leftovers.ts';
import { ROOT } from './places.ts';

export interface Product {
  url: string;
  dataDir: string;
  /** @throws when it does not end well, or leaves a process behind */
  stop(): Promise<void>;
}

/** `replycart start` in a fresh folder, without credentials: the sandbox. */
export async function startProduct(): Promise<Product> {
  const folder = mkdtempSync(path.join(tmpdir(), 'replycart-browser-'));
  chmodSync(folder, 0o755); // root's database runs as somebody else, who has to get there
  const dataDir = path.join(folder, 'data');
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', path.join(ROOT, 'dist/src/cli.js'), 'start'],
    {
      // Not the repository: a developer's .env and catalog.yaml are not a newcomer's.
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        DATA_DIR: dataDir,
        PORT: String(port),
        PUBLIC_URL: `http://localhost:${port}`,
        // Long enough to look at what it says, and no longer.
        BUY_NOW_UNDO_SECONDS: '10',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said = { out: '', err: '' };
  child.stderr.on('data', (chunk) => (said.err += chunk));
  child.stdout.on('data', (chunk) => (said.out += chunk));
  const url = await readyUrl(child, said);
  return {
    url,
    dataDir,
    async stop() {
      const code = await end(child);
      const left = processesIn(folder);
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the product ended with ${code}:\n${said.err}`);
      if (left.length > 0) throw new Error(`the product left processes behind:\n${left.join('\n')}`);
    },
  };
}

/** The address in the line `ready <url>`, which promises that everything is open. */
function readyUrl(child: ChildProcess, said: { out: string; err: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}:\n${said.err}`)));
    child.stdout?.on('data', () => {
      const [, url] = /^ready (\S+)$/m.exec(said.out) ?? [];
      if (url) resolve(url);
    });
  });
}

function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return ended;
}
