import type { Context } from 'hono';
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { STYLE } from './page-style.ts';

/** A whole page: works without scripts, loads nothing. */
export function Shell({ title, children }: { title: string; children: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <header class="ribbon">
          <strong>Sandbox.</strong> This page stands in for Stripe: no money moves, no card is asked for.
        </header>
        {children}
      </body>
    </html>
  );
}

/**
 * Answers with a page.
 * @param session with the addresses that its forms may end up at: browsers hold redirects after a form to `form-action` too
 */
export function sendPage(
  c: Context,
  page: { toString(): string },
  status: 200 | 402 | 404 | 409 | 422,
  session?: { success_url?: string | null; cancel_url?: string | null },
): Response | Promise<Response> {
  const targets = [session?.success_url, session?.cancel_url].flatMap((url) =>
    url ? [new URL(url).origin] : [],
  );
  return c.html(`<!doctype html>${page.toString()}`, status, {
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      `form-action ${["'self'", ...new Set(targets)].join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
}
