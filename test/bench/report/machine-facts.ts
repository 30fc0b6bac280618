import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { median } from '../measure/statistics.ts';

export interface MachineFacts {
  cores: number;
  model: string;
  node: string;
  load: number;
  /** How long the disk takes to keep 8 kB: what every commit waits for. */
  fdatasync_us: number;
}

export function machineFacts(): MachineFacts {
  const [first] = cpus();
  return {
    cores: cpus().length,
    model: first?.model ?? 'unknown',
    node: process.versions.node,
    load: loadavg()[0] ?? 0,
    fdatasync_us: timeOfSync(),
  };
}

function timeOfSync(): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'replycart-bench-sync-'));
  const file = openSync(path.join(folder, 'file'), 'w');
  const page = Buffer.alloc(8192, 1);
  const times = Array.from({ length: 50 }, () => {
    const begin = performance.now();
    writeSync(file, page, 0, page.length, 0);
    fdatasyncSync(file);
    return (performance.now() - begin) * 1000;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return median(times);
}
