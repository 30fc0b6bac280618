import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { findHashtags } from '../../src/domain/hashtags.ts';
import { withContracts } from './contracts.ts';

interface Case {
  description: string;
  text: string;
  expected: Array<string | { hashtag: string; indices: [number, number] }>;
}

withContracts('twitter-text’s conformance cases for hashtags', (read) => {
  const { tests } = parse(read('twitter-text-extract.yml') || 'tests: {}') as {
    tests: Record<string, Case[]>;
  };
  const cases = ['hashtags', 'hashtags_from_astral', 'hashtags_with_indices'].flatMap(
    (group) => tests[group] ?? [],
  );

  test('there are 76 of them', () => expect(cases).toHaveLength(76));

  test.each(cases.map((each) => [each.description, each] as const))(
    '%s',
    (_description, { text, expected }) => {
      const found = findHashtags(text);
      if (typeof expected[0] === 'object') {
        expect(found).toEqual(
          expected.map((each) =>
            typeof each === 'object'
              ? { tag: each.hashtag, start: each.indices[0], end: each.indices[1] }
              : each,
          ),
        );
      } else {
        expect(found.map(({ tag }) => tag)).toEqual(expected);
      }
    },
  );
});
