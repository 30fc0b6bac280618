/** How a request to the API can go wrong on the way. */
export const FAULT_KINDS = [
  /** The idempotency key is in use: no effect. */
  '409',
  /** Too many requests: no effect. */
  '429',
  /** A failure before the request is looked at: no effect, nothing stored under its key. */
  '500',
  /** A failure at work: no effect, but the answer is stored under the idempotency key. */
  'stored_500',
  /** A failure after the work: the effect takes place, and the failure is stored under the idempotency key. */
  'stored_500_after',
  /** No answer until the caller gives up: no effect, its idempotency key stays in use. */
  'timeout',
  /** The connection is reset before the effect. */
  'reset_before',
  /** The effect takes place, then the connection is reset. */
  'reset_after',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  kind: FaultKind;
  /** How many requests it hits. */
  times: number;
  /** What the request's path begins with: any where left out. */
  path?: string | undefined;
  method?: string | undefined;
}

/** Faults that wait for a request. They do not outlive the process. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  waiting(): Fault[];
  /** The fault that is to befall a request, counted down. */
  take(method: string, path: string): FaultKind | undefined;
}

export function makeFaults(): Faults {
  let faults: Fault[] = [];
  return {
    add(fault) {
      faults.push({ ...fault });
    },
    clear() {
      faults = [];
    },
    waiting: () => faults,
    take(method, path) {
      const fault = faults.find(
        (one) => (one.method ?? method) === method && (one.path === undefined || path.startsWith(one.path)),
      );
      if (!fault) return undefined;
      fault.times -= 1;
      if (fault.times <= 0) faults = faults.filter((one) => one !== fault);
      return fault.kind;
    },
  };
}
