import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { openFileBelow } from '../actions/file-below.ts';
import type { Context } from '../context.ts';
import { pictureType } from '../domain/picture.ts';

/** The catalog may name another file, or the same one may change: browsers ask again after an hour. */
const KEPT = 'public, max-age=3600';

/** The pictures of products that the operator keeps: for everybody, as the pages that show them. */
export function pictureRoutes({ config }: Pick<Context, 'config'>): Hono {
  return new Hono().get('/pictures/:file{.+}', async (c) => {
    const name = c.req.param('file');
    const type = pictureType(name);
    const file = type && (await openFileBelow(config.PICTURES, name));
    if (!file) return c.notFound();
    const { handle, size, etag } = file;
    const headers = { 'cache-control': KEPT, etag, 'content-type': type };
    const unchanged = c.req.header('if-none-match') === etag;
    if (unchanged || size === 0 || c.req.raw.method === 'HEAD') {
      await handle.close();
      return c.body(null, unchanged ? 304 : 200, headers);
    }
    const stream = Readable.toWeb(handle.createReadStream()) as ReadableStream;
    return c.body(stream, 200, { ...headers, 'content-length': String(size) });
  });
}
