import type { Context as Request } from 'hono';
import type { Context } from '../context.ts';
import type { Frame } from '../views/page.tsx';
import { textsFor } from '../views/texts.ts';
import { stylesPath } from './assets.ts';

/** What pages need to know of a request: its language (a shopper's own, if they chose one), and whether anything here is real. */
export function frameOf(
  { config }: Pick<Context, 'config'>,
  request: Request,
  shopper?: { language: string | null },
): Frame {
  const texts = textsFor(shopper?.language ?? request.req.header('accept-language'));
  const banner = config.sandbox ? texts.page.sandbox : config.testPayments ? texts.page.test : null;
  return { texts, styles: stylesPath, banner, x: config.X_AUTH_URL };
}
