import type { Clock } from '../clock.ts';
import type { Faults } from './faults.ts';
import type { Store } from './store.ts';
import type { Courier } from './webhook-courier.ts';

/** What the parts of the stand-in share. */
export interface Stand {
  clock: Clock;
  store: Store;
  courier: Courier;
  faults: Faults;
  /** Idempotency keys of requests that are being answered. */
  busyKeys: Set<string>;
  secretKey: string;
  /** Where people reach the pages, without a slash at the end. */
  publicUrl: string;
}

/** The version that the stand-in speaks: the one npm stripe 23 is made for. */
export const API_VERSION = '2026-10-28.endive';

/** The time in whole seconds, as Stripe tells it. */
export const unixTime = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000);
