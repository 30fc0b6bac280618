import { parseArgs } from 'node:util';

export const PARTS = ['a', 'b', 'c', 'd', 'paced', 'burst', 'mail', 'cliff'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  quick: boolean;
  parts: Part[];
  rounds: number;
  seed: number;
  /** Posts of a round of ours; the naive peer gets a tenth. */
  posts: number;
  json: string | undefined;
  profiles: string | undefined;
  patience: number;
  /** Posts a second, and for how many seconds. */
  paces: Array<{ perSecond: number; seconds: number }>;
  burst: number;
  mail: { perSecond: number; seconds: number };
  /** Rows that the warm tables have. */
  filled: number;
}

/** The Super Bowl of 2014: 381,605 posts in a minute. Twitter's record second: 143,199. */
const FULL = {
  posts: 120_000,
  rounds: 3,
  paces: [
    { perSecond: 5_000, seconds: 30 },
    { perSecond: 6_360, seconds: 60 },
  ],
  burst: 143_199,
  mail: { perSecond: 250, seconds: 30 },
  filled: 200_000,
};

const QUICK: typeof FULL = {
  posts: 6_000,
  rounds: 1,
  paces: [
    { perSecond: 5_000, seconds: 4 },
    { perSecond: 6_360, seconds: 4 },
  ],
  burst: 10_000,
  mail: { perSecond: 250, seconds: 5 },
  filled: 20_000,
};

export const USAGE = `usage: npm run bench -- [options]
  --quick            small sizes, one round: to see that it works, not how fast it is
  --only a,b,…       some of the parts: ${PARTS.join(', ')}
                     a ours, queues in PostgreSQL; b ours, queues in Redis; c the naive peer on both; d the ceiling
  --rounds N         rounds of a to d and cliff, interleaved (default ${FULL.rounds})
  --posts N          posts of a round (default ${FULL.posts})
  --seed N           another workload (default 1)
  --patience S       before each run, wait so many seconds at most for the machine to be quiet (default 0)
  --json FILE        write the figures as JSON; - for stdout, instead of the table
  --profile DIR      write CPU profiles of the processes and what statements took (costs some speed itself)
`;

/** @throws Error, with the usage, for options that there are not */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      posts: { type: 'string' },
      seed: { type: 'string', default: '1' },
      patience: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const sizes = values.quick ? QUICK : FULL;
  return {
    ...sizes,
    quick: values.quick,
    parts: values.only === undefined ? [...PARTS] : values.only.split(',').map(partOf),
    rounds: values.rounds === undefined ? sizes.rounds : wholeNumber('--rounds', values.rounds),
    posts: values.posts === undefined ? sizes.posts : wholeNumber('--posts', values.posts),
    seed: wholeNumber('--seed', values.seed),
    patience: values.patience === undefined ? 0 : wholeNumber('--patience', values.patience),
    json: values.json,
    profiles: values.profile,
  };
}

function partOf(name: string): Part {
  const part = PARTS.find((each) => each === name);
  if (!part) throw new Error(`there is no part ${name}\n${USAGE}`);
  return part;
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${option} must be a number\n${USAGE}`);
  return Number(text);
}
