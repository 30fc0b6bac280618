import { z } from 'zod';

/** Pages of ours that ask for a sign-in and go on after it: a cart, a purchase, and what a shopper keeps. */
const PAGE = /^\/(?:buy-now(?:\/[\w-]{1,40})?|me\/address|c\/[\w-]{43}(?:\/buying\/\d{1,19})?)$/;

/** Where somebody goes on after they have signed in; `undefined`: no page that does. */
export const wayBack = z.string().regex(PAGE).optional().catch(undefined);

/** The way to the sign-in that leads back here. */
export const signInFor = (path: string): string => `/link?back=${encodeURIComponent(path)}`;
