import { Readable } from 'node:stream';
import { Hono, type Context as Request } from 'hono';
import type { OpenFile } from '../actions/file-below.ts';
import { downloadOfToken, openTaken, takeDownload } from '../actions/take-download.ts';
import type { Context } from '../context.ts';
import { languagesOf } from '../db/carts.ts';
import type { OpenDownload } from '../db/downloads.ts';
import { merchantOf } from '../db/merchants.ts';
import { type ByteRange, readRange } from '../domain/byte-range.ts';
import { whyEnded } from '../domain/download.ts';
import { downloadPage, noDownloadPage } from '../views/download.tsx';
import { frameOf, noteWishes } from './frame.ts';

/**
 * What was bought and is downloaded. Looking at a download counts nothing, because mail scanners look, too: its button
 * does, and leads to the file.
 */
export function downloadRoutes(context: Context): Hono {
  const nothing = (c: Request) => c.html(noDownloadPage(frameOf(context, c)), 404);
  const found = async (c: Request): Promise<OpenDownload | undefined> => {
    const download = await downloadOfToken(context, c.req.param('token') ?? '');
    if (download) noteWishes(c, await languagesOf(context.db, download));
    return download;
  };
  return new Hono()
    .get('/d/:token', async (c) => {
      const download = await found(c);
      return download ? show(context, c, download) : nothing(c);
    })
    .post('/d/:token', async (c) => {
      const download = await found(c);
      if (!download) return nothing(c);
      const taken = await takeDownload(context, c.req.param('token'), download);
      if (taken.kind === 'taken') return c.redirect(taken.location, 303);
      return taken.kind === 'ended' ? c.redirect(c.req.path, 303) : show(context, c, download, true);
    })
    .get('/d/:token/:pass', async (c) => {
      const download = await found(c);
      if (!download) return nothing(c);
      const file = await openTaken(context, download, c.req.param('pass'));
      return file ? send(c, file) : c.redirect(`/d/${c.req.param('token')}`, 303);
    });
}

async function show({ db, now, config }: Context, c: Request, download: OpenDownload, missing = false) {
  const merchant = await merchantOf(db, download);
  const { title, order_id, expires_at, uses, allowed } = download;
  return c.html(
    downloadPage(frameOf({ config }, c), {
      ...{ path: c.req.path, title, order_id, expires_at, uses, merchant, missing },
      left: allowed - uses.length,
      ended: whyEnded(download, now()),
    }),
    missing ? 503 : 200,
  );
}

/** Sends a file, or the part of it that is asked for (RFC 9110, section 14), and closes it. */
async function send(c: Request, { handle, name, size, etag }: OpenFile): Promise<Response> {
  const unchanged = [undefined, etag].includes(c.req.header('if-range'));
  const range = unchanged ? readRange(c.req.header('range'), size) : undefined;
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'content-disposition': disposition(name),
    // The browser that has begun may go on; nobody else may keep it.
    'cache-control': 'private, no-cache',
    etag,
  };
  const withoutBody = async (status: 200 | 206 | 416, more: Record<string, string>) => {
    await handle.close();
    return c.body(null, status, { ...headers, ...more });
  };
  if (range === 'unsatisfiable') return withoutBody(416, { 'content-range': `bytes */${size}` });
  const { start, end }: ByteRange = range ?? { start: 0, end: size - 1 };
  const status = range ? 206 : 200;
  const about = {
    'content-length': String(end - start + 1),
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  };
  if (c.req.raw.method === 'HEAD' || size === 0) return withoutBody(status, about);
  const stream = handle.createReadStream({ start, end });
  return c.body(Readable.toWeb(stream) as ReadableStream, status, { ...headers, ...about });
}

/** Saved, not shown: what a merchant sells is nothing that our pages' address should run. RFC 6266. */
function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
