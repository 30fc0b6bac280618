const endings: Array<() => Promise<unknown>> = [];

/** Does something when the test file is over: what was opened last is closed first. */
export function atEnd(ending: () => Promise<unknown>): void {
  endings.push(ending);
}

/** Jest does this by itself; programs that are no test, but use what tests use, do it when they are done. */
export async function endAll(): Promise<void> {
  for (let ending = endings.pop(); ending; ending = endings.pop()) await ending();
}

// Not imported: outside of Jest there is none.
(globalThis as { afterAll?: (end: () => Promise<void>) => void }).afterAll?.(endAll);
