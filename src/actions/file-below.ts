import { type FileHandle, open, realpath } from 'node:fs/promises';
import path from 'node:path';

/** A file that is downloaded, open; whoever has it closes it. */
export interface OpenFile {
  handle: FileHandle;
  /** As the shopper's browser saves it. */
  name: string;
  size: number;
  /** Changes with its content. */
  etag: string;
}

/**
 * Opens a file below a folder. `undefined`: there is none, or a link leads out of the folder.
 *
 * @param file a path as the catalog has it
 */
export async function openFileBelow(folder: string, file: string): Promise<OpenFile | undefined> {
  const real = await placeOf(folder, file);
  if (real === undefined) return undefined;
  const handle = await open(real, 'r').catch(() => undefined);
  const stat = await handle?.stat();
  if (!handle || !stat?.isFile()) {
    await handle?.close();
    return undefined;
  }
  const etag = `"${stat.size.toString(36)}-${Math.round(stat.mtimeMs).toString(36)}"`;
  return { handle, name: path.basename(file), size: stat.size, etag };
}

/** Where a file is once every link is followed; nothing outside the folder. */
async function placeOf(folder: string, file: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const real = await realpath(path.join(root, file));
    return real.startsWith(root.endsWith(path.sep) ? root : root + path.sep) ? real : undefined;
  } catch {
    return undefined;
  }
}
