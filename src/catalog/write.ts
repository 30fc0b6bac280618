import { stringify } from 'yaml';
import type { CatalogFile } from '../domain/catalog-file.ts';
import { withoutDefaults } from './shape.ts';

/**
 * A catalog as YAML: an equivalent of the file that it was read from. All texts stand in quotes, so that no reader
 * takes one for a number.
 *
 * @param comment said in its first lines
 */
export function writeCatalog(file: CatalogFile, comment: string): string {
  const lines = comment.split('\n').map((line) => `# ${line}\n`);
  return `${lines.join('')}${stringify(withoutDefaults(file), {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  })}`;
}
