import type { BurstResult } from '../parts/burst.ts';
import type { CliffResult } from '../parts/cliff.ts';
import type { MailResult } from '../parts/mail.ts';
import type { PacedResult } from '../parts/paced.ts';
import type { RoundsResult } from '../parts/rounds.ts';

/** Everything that a benchmark has found. */
export interface Results {
  rounds: RoundsResult;
  paced: PacedResult[];
  burst: BurstResult[];
  mail: MailResult[];
  cliff: CliffResult[];
}

/** Posts that were lost, doubled or misread, wherever. */
export function faultsIn({ rounds, paced, burst, mail, cliff }: Results): {
  count: number;
  examples: string[];
} {
  const all = [
    ...Object.values(rounds.medians),
    ...paced,
    ...burst,
    ...mail,
    ...cliff.flatMap(({ empty, warm }) => [empty, warm]),
  ];
  const mails = mail.reduce((sum, { mails_lost, mails_doubled }) => sum + mails_lost + mails_doubled, 0);
  return {
    count: all.reduce((sum, { lost, doubled, wrong }) => sum + lost + doubled + wrong, mails),
    examples: all.flatMap(({ examples }) => examples),
  };
}
