import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { GOODS, inShort, wishesOf } from '../harness/goods.ts';

const readings = readFileSync(path.join(import.meta.dirname, 'readings.txt'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('# '))
  .map((line) => line.split('|').map((part) => part.trim()) as [keyof typeof GOODS, string, string]);

test.each(readings)('%s: %s reads as “%s”', (product, text, wanted) => {
  expect(inShort(wishesOf(text, GOODS[product]))).toBe(wanted);
});
