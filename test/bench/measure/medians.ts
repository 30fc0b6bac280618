import type { Figures } from './measure.ts';
import { median } from './statistics.ts';

/** The medians of several runs of the same; what was wrong in any of them is added up, and memory is the most of all. */
export function mediansOf(runs: Figures[]): Figures {
  const middle = (of: (run: Figures) => number): number => median(runs.map(of));
  const total = (of: (run: Figures) => number): number => runs.reduce((sum, run) => sum + of(run), 0);
  const latencies = runs.some(({ p50_ms }) => p50_ms !== undefined)
    ? { p50_ms: middle((run) => run.p50_ms ?? Number.NaN), p99_ms: middle((run) => run.p99_ms ?? Number.NaN) }
    : {};
  const names = (of: (run: Figures) => object): string[] => [
    ...new Set(runs.flatMap((run) => Object.keys(of(run)))),
  ];
  return {
    replies: middle((run) => run.replies),
    seconds: middle((run) => run.seconds),
    per_second: middle((run) => run.per_second),
    ...latencies,
    cpu_us: {
      node: middle((run) => run.cpu_us.node),
      postgres: middle((run) => run.cpu_us.postgres),
      redis: middle((run) => run.cpu_us.redis),
      total: middle((run) => run.cpu_us.total),
    },
    node_us: Object.fromEntries(
      names((run) => run.node_us).map((name) => [name, middle((run) => run.node_us[name] ?? 0)]),
    ),
    busy_elsewhere: middle((run) => run.busy_elsewhere),
    peak_rss_mb: Object.fromEntries(
      names((run) => run.peak_rss_mb).map((name) => [
        name,
        Math.max(...runs.map((run) => run.peak_rss_mb[name] ?? 0)),
      ]),
    ),
    lost: total((run) => run.lost),
    doubled: total((run) => run.doubled),
    wrong: total((run) => run.wrong),
    examples: runs.flatMap(({ examples }) => examples),
  };
}
