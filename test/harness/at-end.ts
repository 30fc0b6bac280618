import { afterAll } from '@jest/globals';

const endings: Array<() => Promise<unknown>> = [];

/** Does something when the test file is over: what was opened last is closed first. */
export function atEnd(ending: () => Promise<unknown>): void {
  endings.push(ending);
}

afterAll(async () => {
  for (let ending = endings.pop(); ending; ending = endings.pop()) await ending();
});
