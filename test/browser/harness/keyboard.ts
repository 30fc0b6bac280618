import { expect } from '@jest/globals';
import type { Walker } from './walker.ts';

/** Longer than the longest page, so that a walk in circles ends. */
const MOST_STOPS = 60;

/**
 * What has the focus, and whether that can be seen: an outline or a shadow that is there only while it has it.
 * The text of a script, because the types of this project know no document.
 */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const look = () => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    return { outline: outlined ? outlineColor + outlineWidth : '', shadow: boxShadow };
  };
  const box = element.getBoundingClientRect();
  const focused = look();
  element.blur();
  const unfocused = look();
  element.focus({ preventScroll: true });
  return {
    name: element.getAttribute('aria-label') || element.labels?.[0]?.innerText || element.innerText || element.value || '',
    ringed: focused.outline !== unfocused.outline || focused.shadow !== unfocused.shadow,
    inView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
})()`;

interface Focused {
  name: string;
  ringed: boolean;
  inView: boolean;
}

/** Goes on by Tab until something of this name has the focus. Wherever the focus stops, it has to be seen. */
export async function tabsTo({ page }: Walker, name: string | RegExp): Promise<void> {
  const stops: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const focused = (await page.evaluate(FOCUSED)) as Focused | null;
    if (!focused) continue; // the browser's own bars come after the last element
    stops.push(focused.name);
    expect({ ...focused, page: page.url() }).toMatchObject({ ringed: true, inView: true });
    if (typeof name === 'string' ? focused.name.trim() === name : name.test(focused.name.trim())) return;
  }
  throw new Error(`Tab does not lead to ${name}, only to: ${stops.join(' | ')}`);
}

/** Presses Enter on what has the focus, and waits for the page that it leads to. */
export async function enters({ page }: Walker): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
}
