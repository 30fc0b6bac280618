import type { z } from 'zod';
import { say } from '../domain/catalog-texts.ts';
import { nearest } from './nearest.ts';
import { knownKeys } from './shape.ts';
import type { Source } from './source.ts';

/** A fault in a file of a catalog; it may be about a key instead of its value: an unknown one. */
export interface Explained {
  path: PropertyKey[];
  key?: string;
  message: string;
}

/** What the schema found, in words that say what to write instead. */
export function explain(issue: z.core.$ZodIssue, source: Pick<Source, 'written'>): Explained[] {
  if (issue.code === 'unrecognized_keys') {
    const names = knownKeys(issue.path);
    const known = names.join(', ');
    return issue.keys.map((key) => {
      const meant = nearest(key, names);
      const message = meant ? say('mistyped_key', { key, meant, known }) : say('unknown_key', { key, known });
      return { path: issue.path, key, message };
    });
  }
  if (issue.code === 'invalid_union') {
    // Of what it may be, the block where a block is written, else what stands in a line.
    const branches = issue.errors;
    const meant = source.written(issue.path) === '…' ? branches.at(-1) : branches[0];
    return (meant ?? []).flatMap((each) =>
      explain({ ...each, path: [...issue.path, ...each.path] } as z.core.$ZodIssue, source),
    );
  }
  const name = issue.path.filter((part) => typeof part === 'string').at(-1);
  const message = messageOf(issue, source.written(issue.path));
  return [{ path: issue.path, message: name ? `${String(name)} ${message}` : message }];
}

function messageOf(issue: z.core.$ZodIssue, written: string | undefined): string {
  if (written === undefined) return say('missing');
  if (issue.code === 'invalid_value' && issue.values.length > 1) {
    const known = issue.values.map(String);
    const meant = nearest(written, known);
    return meant
      ? say('mistyped_value', { known: known.join(', '), meant })
      : say('one_of', { known: known.join(', ') });
  }
  if (issue.code !== 'invalid_type') return issue.message;
  switch (issue.expected) {
    case 'string':
      return written === '…' || written === '' ? say('not_text') : say('unquoted', { source: written });
    case 'array':
      return say('not_a_list');
    case 'object':
      return say('not_a_block');
    case 'boolean':
      return say('not_a_switch');
    default:
      return say('not_a_number');
  }
}
