import { ONLY, type Store } from './store.ts';

/** How webhooks are delivered, and what goes wrong with it. */
export interface DeliverySettings {
  /** How many times more than once each event is sent. */
  duplicate: number;
  /** Whether events are held back, to be sent in reverse. */
  reorder: boolean;
  /** How many held events are sent by themselves; 0: they wait for a flush. */
  hold: number;
  /** How long after the happening the first attempt is made. */
  delay_ms: number;
  /** How many attempts from now on get lost on the way. */
  drop: number;
  /** Whether two distinct events tell of each thing. */
  twoEvents: boolean;
  /** The waits between attempts; the last one repeats. */
  retry_delays_ms: number[];
}

const MINUTE = 60_000;

const USUAL: DeliverySettings = {
  duplicate: 0,
  reorder: false,
  hold: 0,
  delay_ms: 0,
  drop: 0,
  twoEvents: false,
  retry_delays_ms: [1_000, 5_000, 30_000, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE],
};

export const deliverySettings = (store: Store): DeliverySettings => store.deliverySettings.get(ONLY) ?? USUAL;

/** Changes what is given, and leaves the rest. */
export function changeDeliverySettings(store: Store, change: Partial<DeliverySettings>): DeliverySettings {
  const changed = { ...deliverySettings(store), ...change };
  store.deliverySettings.set(ONLY, changed);
  return changed;
}
