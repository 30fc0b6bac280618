import type { Figures } from '../measure/measure.ts';
import type { Goal } from './goals.ts';
import type { MachineFacts } from './machine-facts.ts';
import type { Results } from './results.ts';
import { table } from './table.ts';

const HEADING = [
  '',
  'replies',
  '/s',
  'p50 ms',
  'p99 ms',
  'node',
  'postgres',
  'redis',
  'all µs',
  'elsewhere',
  'peak RSS, MB',
  'lost',
  'doubled',
  'wrong',
];

const whole = (value: number | undefined): string =>
  value === undefined ? '' : Math.round(value).toLocaleString('en-US');

function row(label: string, figures: Figures): string[] {
  const { replies, per_second, p50_ms, p99_ms, cpu_us, node_us, peak_rss_mb } = figures;
  const memory = Object.entries(peak_rss_mb).map(([name, mb]) => `${name} ${whole(mb)}`);
  return [
    label,
    ...[replies, per_second, p50_ms, p99_ms].map(whole),
    Object.values(node_us).map(whole).join(' + '),
    ...[cpu_us.postgres, cpu_us.redis, cpu_us.total].map(whole),
    figures.busy_elsewhere.toFixed(2),
    memory.join(', '),
    ...[figures.lost, figures.doubled, figures.wrong].map(String),
  ];
}

/** The figures as people read them. */
export function printed(
  { rounds, paced, burst, mail, cliff }: Results,
  goals: Goal[],
  facts: MachineFacts,
): string {
  const rows = [
    ...Object.entries(rounds.medians).map(([contestant, figures]) => row(contestant, figures)),
    ...paced.map((figures) => row(`${figures.pace}/s, ${figures.backend}`, figures)),
    ...burst.map((figures) => row(`burst in ${figures.seconds.toFixed(1)} s, ${figures.backend}`, figures)),
    ...mail.map((figures) => row(`with mail, ${figures.backend}`, figures)),
    ...cliff.flatMap(({ backend, empty, warm }) => [
      row(`empty tables, ${backend}`, empty),
      row(`warm tables, ${backend}`, warm),
    ]),
  ];
  const mails = mail.map(
    ({ backend, mail_p50_ms, mail_p95_ms, mails_lost, mails_doubled }) =>
      `  reply to mail accepted, ${backend}: p50 ${whole(mail_p50_ms)} ms, p95 ${whole(mail_p95_ms)} ms; ${mails_lost} lost, ${mails_doubled} doubled`,
  );
  const shown = goals.map(({ goal, found, wanted, unit, by_cpu, reached }) => [
    goal,
    `${rounded(found)} ${unit}`.trim(),
    by_cpu === undefined ? '' : `${rounded(by_cpu)} ${unit}`,
    `${wanted} ${unit}`.trim(),
    reached ? 'yes' : 'NO',
  ]);
  return [
    `${facts.cores} cores (${facts.model}), Node ${facts.node}, load ${facts.load.toFixed(1)} at the start, fdatasync ${whole(facts.fdatasync_us)} µs`,
    '',
    table(HEADING, rows),
    '',
    ...(mails.length > 0 ? [...mails, ''] : []),
    table(['goal', 'found', 'by CPU', 'wanted', 'reached'], shown),
    '',
    NOTES,
  ].join('\n');
}

const rounded = (value: number): string => (Math.abs(value) < 100 ? value.toFixed(2) : whole(value));

const NOTES = `  A reply is a post, noise included: each has a row and ends in an outcome. Rates, CPU and latencies leave out the
  posts before the clock begins (a fifth of a round); lost, doubled and wrong count all. node (the listener's + the worker's), postgres, redis: CPU µs for a reply;
  elsewhere: cores that were busy with something else meanwhile. Latency is from the
  bytes written by X (paced: from when they were due) to the commit of the outcome, as PostgreSQL notes it just before the log is brought to disk.`;
