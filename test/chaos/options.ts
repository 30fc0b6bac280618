import { parseArgs } from 'node:util';

export interface Options {
  shoppers: number;
  seed: number;
  /** How often a process is killed. */
  kills: number;
  /** Shoppers who are at it at the same time. */
  together: number;
  /** Lost jobs are added again at once, where the sweep takes its time. */
  hurry: boolean;
  /** Says how far it is, on stderr. */
  talk: boolean;
}

export const USAGE = `usage: npm run chaos -- [options]
  --shoppers N   how many shoppers come (default 500)
  --seed N       another run; the same seed gives the same shoppers with the same intentions (default 1)
  --kills N      how many processes are killed on the way (default: one for each 250 shoppers, at least 4)
  --together N   shoppers who are at it at the same time (default 30)
  --hurry        add lost jobs again at once, instead of waiting for the sweep
`;

/** `undefined`: help was asked for. @throws Error, with the usage, for options that there are not */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      shoppers: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      kills: { type: 'string' },
      together: { type: 'string', default: '30' },
      hurry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const shoppers = wholeNumber('--shoppers', values.shoppers);
  return {
    shoppers,
    seed: wholeNumber('--seed', values.seed),
    kills: values.kills ? wholeNumber('--kills', values.kills) : Math.max(4, Math.floor(shoppers / 250)),
    together: wholeNumber('--together', values.together),
    hurry: values.hurry,
    talk: true,
  };
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,8}$/.test(text)) throw new Error(`${option} must be a number\n${USAGE}`);
  return Number(text);
}
