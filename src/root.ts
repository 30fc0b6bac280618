import { existsSync } from 'node:fs';
import path from 'node:path';

/** The package's folder: the nearest one above this file that has a package.json, from sources and from `dist`. */
export const packageRoot = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
})();
