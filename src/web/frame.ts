import type { Context as Request } from 'hono';
import type { Context } from '../context.ts';
import type { Shopper } from '../db/shoppers.ts';
import type { Frame } from '../views/page.tsx';
import { en } from '../views/texts/en.ts';
import { textsFor } from '../views/texts.ts';
import { stylesPath } from './assets.ts';

/** Pages for staff and for those who try Replycart out are in English. */
const IN_ENGLISH = /^\/(support|sandbox)(\/|$)/;

interface Wishes {
  /** The language that the reader has chosen: more important than their browser's. */
  chosen?: Shopper['language'];
  timezone?: Shopper['timezone'];
  /** Where the browser wants no language of ours. */
  otherwise?: string;
}

/** Notes what is known of who will read the pages that answer this request. */
export const noteWishes = (request: Request, wishes: Wishes): void => request.set('wishes', wishes);

/** What pages need to know of a request: its language, and whether anything here is real. */
export function frameOf({ config }: Pick<Context, 'config'>, request: Request): Frame {
  const { chosen, timezone = null, otherwise } = (request.get('wishes') ?? {}) as Wishes;
  const texts = IN_ENGLISH.test(request.req.path)
    ? en
    : textsFor(chosen, request.req.header('accept-language'), otherwise);
  const banner = config.sandbox ? texts.page.sandbox : config.testPayments ? texts.page.test : null;
  return { texts, styles: stylesPath, banner, x: config.X_AUTH_URL, timezone };
}
