import type { Context } from '../context.ts';
import type { Keys } from '../crypto.ts';
import { inTransaction } from '../db/database.ts';
import { addUse, findDownload, lockDownload, newestUse, type OpenDownload } from '../db/downloads.ts';
import { type Ended, isPassAlive, isSameUse, whyEnded } from '../domain/download.ts';
import { openFileBelow } from './file-below.ts';

type Needs = Pick<Context, 'db' | 'keys' | 'config' | 'log' | 'now'>;

/** The page of a download. Its key follows from the row: it is stored nowhere. */
export const downloadPath = (keys: Keys, id: string): string => `/d/${id}-${keys.tokenFor('download', id)}`;

/** The download whose page a token opens; `undefined`: it is none of ours. */
export async function downloadOfToken(
  { db, keys }: Pick<Needs, 'db' | 'keys'>,
  token: string,
): Promise<OpenDownload | undefined> {
  const id = signedId(keys, token, (each) => each);
  return id === undefined ? undefined : findDownload(db, id);
}

export type Taken =
  /** Where it is fetched: a path of ours, for some hours, or somebody else's address. */
  | { kind: 'taken'; location: string }
  | { kind: 'ended'; why: Ended }
  /** What was sold is not where the catalog says: nothing is counted. */
  | { kind: 'missing' };

/** Counts a download, and tells where it is. Whoever asks again within some minutes is not counted twice. */
export async function takeDownload(context: Needs, token: string, { id }: OpenDownload): Promise<Taken> {
  const { db, keys, config, log, now } = context;
  return inTransaction(db, async (tx): Promise<Taken> => {
    const download = (await lockDownload(tx, id)) as OpenDownload;
    const { delivery_url, delivery_file } = download;
    const newest = await newestUse(tx, id);
    const again = newest && isSameUse(newest, now()) ? newest : undefined;
    const why = whyEnded(download, now());
    if (why && !(why === 'used_up' && again)) return { kind: 'ended', why };
    const file = delivery_file === null ? undefined : await openFileBelow(config.DOWNLOADS, delivery_file);
    await file?.handle.close();
    if (!file && delivery_url === null) {
      log.error(
        { order: download.order_id, sku: download.sku, file: delivery_file },
        'a download is not there',
      );
      return { kind: 'missing' };
    }
    const use = again?.id ?? (await addUse(tx, id));
    if (!file) return { kind: 'taken', location: delivery_url as string };
    return { kind: 'taken', location: `/d/${token}/${use}-${keys.tokenFor('download', passSubject(use))}` };
  });
}

/**
 * The file that a download which was counted leads to: for some hours, so that a browser can go on where a connection broke.
 *
 * @param pass as `takeDownload` has put it behind the download's token
 */
export async function openTaken(context: Needs, download: OpenDownload, pass: string) {
  const { db, keys, config, now } = context;
  const use_id = signedId(keys, pass, passSubject);
  const use = use_id === undefined ? undefined : await useOf({ db }, download, use_id);
  if (!use || download.void || download.delivery_file === null || !isPassAlive(use, now())) return undefined;
  return openFileBelow(config.DOWNLOADS, download.delivery_file);
}

const useOf = ({ db }: Pick<Needs, 'db'>, { id }: OpenDownload, use_id: string) =>
  db
    .selectFrom('download_uses')
    .select('at')
    .where('id', '=', use_id)
    .where('download_id', '=', id)
    .executeTakeFirst();

const passSubject = (use_id: string): string => `use ${use_id}`;

/** The id in what we have signed. */
function signedId(keys: Keys, text: string, subjectOf: (id: string) => string): string | undefined {
  const [, id, signature] = /^([1-9]\d{0,17})-([\w-]{43})$/.exec(text) ?? [];
  return id && signature && keys.isTokenFor('download', subjectOf(id), signature) ? id : undefined;
}
