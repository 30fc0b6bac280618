/** The time that a stand-in goes by. Tests move it on; it never goes back. */
export interface Clock {
  now(): Date;
  advance(ms: number): void;
}

export function makeClock(): Clock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    advance(ms) {
      ahead += Math.max(0, ms);
    },
  };
}
