/** Values by two names. To make one name of both for each look-up costs more than the look-up. */
export class PairMap<A, B, T> {
  readonly #rows = new Map<A, Map<B, T>>();

  get(first: A, second: B): T | undefined {
    return this.#rows.get(first)?.get(second);
  }

  set(first: A, second: B, value: T): void {
    const row = this.#rows.get(first);
    if (row) row.set(second, value);
    else this.#rows.set(first, new Map([[second, value]]));
  }

  values(): T[] {
    return [...this.#rows.values()].flatMap((row) => [...row.values()]);
  }
}
