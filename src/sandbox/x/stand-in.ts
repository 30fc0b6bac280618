import type { Credentials } from './caller.ts';
import type { Faults } from './faults.ts';
import type { RateLimits } from './rate-limits.ts';
import type { XState } from './state.ts';
import type { Stream } from './stream.ts';

/** All that the routes work with. */
export interface StandIn {
  state: XState;
  credentials: Credentials;
  limits: RateLimits;
  faults: Faults;
  stream: Stream;
}
