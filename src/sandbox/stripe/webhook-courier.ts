import type { Clock } from '../clock.ts';
import type { StripeEvent } from './events.ts';
import type { Store } from './store.ts';
import { attemptDelivery } from './webhook-attempt.ts';
import { afterAttempt, type Delivery, isTooOld, newDelivery } from './webhook-delivery.ts';
import { subscribersOf } from './webhook-endpoints.ts';
import { deliverySettings } from './webhook-settings.ts';

/** Brings events to the webhook endpoints: at least once, in no order, again and again until an endpoint answers 2xx. */
export interface Courier {
  /** Sends an event to the endpoints that want it. */
  dispatch(event: StripeEvent): void;
  /** Makes the attempts whose time has come. */
  wake(): void;
  /** Sends what is held back, in reverse. @returns how many were sent */
  release(): Promise<number>;
  /** Sends what is held back, in reverse, and what waits for another attempt. @returns how many were sent */
  flush(): Promise<number>;
  /** Sends an event once more, delivered or not. */
  resend(event: StripeEvent): Promise<Delivery[]>;
  /** Resolves when the attempts under way for some events have ended, at the latest after `ms` of real time. */
  settled(events: string[], ms: number): Promise<void>;
  /** Breaks off what is under way. It stays pending. */
  close(): Promise<void>;
}

const LONGEST_TIMER_MS = 60 * 60 * 1000;

/** What it has to deliver is in the store: opened again on the same one, it goes on with that. */
export function openCourier(store: Store, clock: Clock): Courier {
  const underWay = new Map<string, { event: string; ended: Promise<void> }>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  // What was delivered stays in the store for ever; looking through all of it at each event would take longer and longer.
  const undelivered = new Map<string, Delivery>();
  const index = (delivery: Delivery): void => {
    if (delivery.state === 'pending') undelivered.set(delivery.id, delivery);
    else undelivered.delete(delivery.id);
  };
  const keep = (delivery: Delivery): void => {
    store.deliveries.set(delivery.id, delivery);
    index(delivery);
  };
  store.deliveries.values().forEach(index);

  const now = (): number => clock.now().getTime();
  const pending = (): Delivery[] => [...undelivered.values()].filter(({ id }) => !underWay.has(id));
  const waiting = (): Delivery[] => pending().filter(({ held }) => !held);
  const held = (): Delivery[] => pending().filter((delivery) => delivery.held);

  const add = (event: StripeEvent, endpoint: string, changes: Partial<Delivery> = {}): Delivery => {
    const delivery = { ...newDelivery(event.id, endpoint, now()), ...changes };
    keep(delivery);
    return delivery;
  };

  /** How many endpoints have not confirmed an event. */
  const unconfirmed = (event: string): number => {
    const theirs = [...undelivered.values()].filter((one) => one.event === event);
    return new Set(theirs.map(({ endpoint }) => endpoint)).size;
  };

  const deliver = async (delivery: Delivery): Promise<void> => {
    const given = { now: now(), unconfirmed: unconfirmed(delivery.event) };
    const outcome = await attemptDelivery(store, delivery, given, stopping.signal);
    if (stopping.signal.aborted) return;
    const delays = deliverySettings(store).retry_delays_ms;
    keep(afterAttempt(delivery, { at: now(), ...outcome }, delays));
  };

  const start = async (delivery: Delivery): Promise<void> => {
    // Another flush or timer may have been quicker.
    if (underWay.has(delivery.id) || !undelivered.has(delivery.id)) return;
    const ended = deliver(delivery).finally(() => {
      underWay.delete(delivery.id);
      arm();
    });
    underWay.set(delivery.id, { event: delivery.event, ended });
    await ended;
  };

  const arm = (): void => {
    clearTimeout(timer);
    const left = waiting();
    if (stopping.signal.aborted || left.length === 0) return;
    const soonest = Math.min(...left.map(({ nextAt }) => nextAt)) - now();
    timer = setTimeout(wake, Math.min(Math.max(soonest, 0), LONGEST_TIMER_MS)).unref();
  };

  const wake = (): void => {
    for (const delivery of waiting()) {
      if (isTooOld(delivery, now())) keep({ ...delivery, state: 'given_up' });
      else if (delivery.nextAt <= now()) void start(delivery);
    }
    arm();
  };

  /** One after the other: sent at once, they might overtake each other. */
  const release = async (): Promise<number> => {
    const reversed = held().reverse();
    for (const delivery of reversed) await start(delivery);
    return reversed.length;
  };

  return {
    dispatch(event) {
      const { duplicate, reorder, hold, delay_ms } = deliverySettings(store);
      for (const { endpoint } of subscribersOf(store, event))
        for (let copy = 0; copy <= duplicate; copy++)
          add(event, endpoint.id, { held: reorder, nextAt: now() + delay_ms });
      if (hold > 0 && held().length >= hold) void release();
      wake();
    },
    wake,
    release,
    async flush() {
      const released = await release();
      const rest = waiting();
      await Promise.all(rest.map(start));
      return released + rest.length;
    },
    async resend(event) {
      const deliveries = subscribersOf(store, event).map(({ endpoint }) => add(event, endpoint.id));
      await Promise.all(deliveries.map(start));
      return deliveries.map((one) => store.deliveries.get(one.id) ?? one);
    },
    async settled(events, ms) {
      const ours = [...underWay.values()].filter(({ event }) => events.includes(event));
      let limit: NodeJS.Timeout | undefined;
      const tooLong = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, ms);
      });
      await Promise.race([Promise.all(ours.map(({ ended }) => ended)), tooLong]);
      clearTimeout(limit);
    },
    async close() {
      stopping.abort();
      clearTimeout(timer);
      await Promise.all([...underWay.values()].map(({ ended }) => ended));
    },
  };
}
