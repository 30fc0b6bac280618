import type { Catalog } from '../domain/catalog.ts';
import { asWritten, compileRules } from '../domain/filter-rules.ts';
import { XError } from '../x/errors.ts';
import { QUERY_LENGTH } from '../x/search.ts';

/** X searches up to ten seconds ago. */
export const LATEST_MS = 12_000;

/**
 * Searches with the rules by which X delivers. That X takes every spelling of a tag in a search is not documented: where
 * it does not, the tags are searched for as the catalog writes them.
 *
 * @param search is given queries for recent search @throws XError
 */
export async function searchByRules<T>(
  catalog: Catalog,
  search: (queries: string[]) => Promise<T>,
): Promise<T> {
  try {
    return await search(compileRules(catalog, QUERY_LENGTH));
  } catch (error) {
    if (!(error instanceof XError) || error.kind !== 'invalid') throw error;
    return search(compileRules(catalog, QUERY_LENGTH, asWritten));
  }
}
