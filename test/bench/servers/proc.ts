import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICK_US = 1_000_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The fields of /proc/<pid>/stat from `state` on; empty where there is no such process. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

const [PARENT, USER, SYSTEM, WAITED_USER, WAITED_SYSTEM] = [1, 11, 12, 13, 14];
const sum = (stat: string[], ...fields: number[]): number =>
  fields.reduce((total, field) => total + Number(stat[field] ?? 0), 0) * TICK_US;

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(Number(name))[PARENT] === String(pid))
    .map(Number);
}

/** The CPU time of a process and its children, in µs: those that have ended too. */
export function cpuOf(pid: number): number {
  const own = sum(statOf(pid), USER, SYSTEM, WAITED_USER, WAITED_SYSTEM);
  return childrenOf(pid).reduce((total, child) => total + sum(statOf(child), USER, SYSTEM), own);
}

/** The CPU time of everything on this machine, in µs. Stolen time is somebody's too. */
export function cpuOfMachine(): number {
  const [user, nice, system, , , interrupts, soft, stolen] = readFileSync('/proc/stat', 'utf8')
    .slice('cpu'.length)
    .trim()
    .split(/\s+/, 8)
    .map(Number);
  return (
    [user, nice, system, interrupts, soft, stolen].reduce<number>((sum, ticks) => sum + (ticks ?? 0), 0) *
    TICK_US
  );
}

/** The most memory that a process has held, in MB. */
export function peakRssOf(pid: number): number {
  const match = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) / 1024;
}
