import type { Context as Request } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Config } from '../config.ts';

type Named = 'session' | 'link' | 'wish' | 'staff' | 'merchant';

/** Where the site is https, cookies have the prefix with which browsers refuse them from anywhere else. */
const nameOf = (name: Named, { PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): string =>
  PUBLIC_URL.startsWith('https:') ? `__Host-${name}` : `replycart-${name}`;

export const readCookie = (request: Request, config: Config, name: Named): string | undefined =>
  getCookie(request, nameOf(name, config));

export function writeCookie(
  request: Request,
  config: Config,
  name: Named,
  value: string,
  expires?: Date,
): void {
  setCookie(request, nameOf(name, config), value, {
    path: '/',
    secure: config.PUBLIC_URL.startsWith('https:'),
    httpOnly: true,
    // Lax: the way back from X is a link of theirs, and has to bring the cookie along.
    sameSite: 'Lax',
    expires,
  });
}

export function dropCookie(request: Request, config: Config, name: Named): void {
  deleteCookie(request, nameOf(name, config), { path: '/', secure: config.PUBLIC_URL.startsWith('https:') });
}
