import { type PlacedFault, readCatalogFile } from '../catalog/read.ts';
import type { Place } from '../catalog/source.ts';
import type { CatalogFile } from '../domain/catalog-file.ts';
import { PermanentError } from '../errors.ts';

/** A line for each fault, in the form that editors and terminals make links of. */
export const listing = (faults: PlacedFault[]): string =>
  faults
    .map(
      ({ kind, message, see, ...place }) =>
        `${placeText(place)}: ${kind}: ${message}${see ? ` (see ${placeText(see)})` : ''}`,
    )
    .join('\n');

const placeText = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** A catalog that has no errors. @throws PermanentError that lists them, ConfigError when there is no catalog */
export async function readSoundCatalog(path: string): Promise<CatalogFile> {
  const { file, faults } = await readCatalogFile(path);
  if (!file) throw new PermanentError(`the catalog ${path} has faults:\n${listing(faults)}`);
  return file;
}
