import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import pg from 'pg';
import { openEmbedded } from '../../src/db/embedded.ts';
import { skipped, stopping } from '../global-setup.ts';
import { ARTEFACTS, CHROMIUM, ROOT } from './places.ts';
import { startProduct } from './product.ts';

/** The example has few of some things. Those who walk here at the same time shall not take them away from each other. */
async function stockPlenty(dataDir: string): Promise<void> {
  await using server = await openEmbedded(dataDir);
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query('update variants set stock = 1000 where stock > 0').finally(() => client.end());
}

/** Builds the product and starts it as a newcomer does: one process, no credentials, an empty folder. */
// biome-ignore lint/style/noDefaultExport: Jest calls the default export.
export default async function setUp(): Promise<void> {
  if (!existsSync(CHROMIUM)) return skipped(CHROMIUM, 'the browser tests are left out');
  rmSync(ARTEFACTS, { recursive: true, force: true });
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const product = await startProduct();
  stopping.push(() => product.stop());
  await stockPlenty(product.dataDir);
  process.env.BROWSER_URL = product.url;
  process.env.BROWSER_DATA_DIR = product.dataDir;
}
