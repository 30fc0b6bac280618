import type { Figures } from '../measure/measure.ts';

const ms = (value: number | undefined): string => (value === undefined ? '' : `${Math.round(value)}`);

/** A run in a line. */
export function inShort(figures: Figures): string {
  const { per_second, seconds, p50_ms, p99_ms, cpu_us, lost, doubled, wrong } = figures;
  const latency = p50_ms === undefined ? '' : `, p50/p99 ${ms(p50_ms)}/${ms(p99_ms)} ms`;
  const cpu = `${cpu_us.total.toFixed(0)} µs (node ${cpu_us.node.toFixed(0)}, postgres ${cpu_us.postgres.toFixed(0)}, redis ${cpu_us.redis.toFixed(0)})`;
  const faults = lost + doubled + wrong > 0 ? `; LOST ${lost}, DOUBLED ${doubled}, WRONG ${wrong}` : '';
  const busy =
    figures.busy_elsewhere < 0.05 ? '' : `; ${figures.busy_elsewhere.toFixed(1)} cores busy elsewhere`;
  return `${Math.round(per_second)}/s in ${seconds.toFixed(1)} s${latency}, ${cpu}${busy}${faults}`;
}
