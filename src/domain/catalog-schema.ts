import { z } from 'zod';
import { catalogFile } from './catalog-file.ts';

/** The JSON Schema of catalog files, as text, of the draft that all editors know. What only a look at several parts can tell is left to the check. */
export function catalogSchema(): string {
  const schema = z.toJSONSchema(catalogFile, { io: 'input', target: 'draft-7' });
  return JSON.stringify({ title: 'Replycart catalog', ...schema }, null, 2);
}
