import type { Child } from 'hono/jsx';
import type { Texts } from './texts.ts';

/** What every page has in common. */
export interface Frame {
  texts: Texts;
  /** The address of the style sheet. */
  styles: string;
  /** Said above every page, where payments are not real. */
  banner: string | null;
  /** Where X shows posts and profiles to people: https://x.com. */
  x: string;
  /** The one that the reader has chosen. */
  timezone: string | null;
}

interface PageProps {
  frame: Frame;
  title: string;
  /** Lists and timelines need more room than carts do. */
  wide?: boolean;
  /** Links at the top, beside the name. */
  nav?: Child;
  /** For who shows the page elsewhere. Such a page is for everybody: search engines may list it. */
  card?: Child;
  children: Child;
}

/** A whole page, as text. */
export function renderPage(props: PageProps): string {
  return `<!doctype html>${(<Page {...props} />).toString()}`;
}

function Page({ frame, title, wide, nav, card, children }: PageProps) {
  const { texts, styles, banner } = frame;
  const { footer } = texts.page;
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {card ?? <meta name="robots" content="noindex" />}
        <title>{`${title} · Replycart`}</title>
        <link rel="stylesheet" href={styles} />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      </head>
      <body class={wide ? 'wide' : ''}>
        <a class="skip" href="#main">
          {texts.page.skip}
        </a>
        <header>
          {banner && <p class="banner">{banner}</p>}
          <div class="top">
            <a class="brand" href="/">
              Reply<b>cart</b>
            </a>
            {nav}
          </div>
        </header>
        <main id="main">{children}</main>
        <footer>
          <a href="/privacy">{footer.privacy}</a>
          <a href="/terms">{footer.terms}</a>
          <a href="/cart">{footer.cart}</a>
        </footer>
      </body>
    </html>
  );
}

/** Facts, each with what it is for. */
export function Facts({ facts }: { facts: Array<[string, string]> }) {
  return (
    <dl class="facts">
      {facts.map(([what, why]) => (
        <>
          <dt>{what}</dt>
          <dd>{why}</dd>
        </>
      ))}
    </dl>
  );
}

/** A message in its own box. Problems are announced to people who do not see the page. */
export function Note({ kind = 'good', children }: { kind?: 'good' | 'warn' | 'bad'; children: Child }) {
  return (
    <div class={`note ${kind}`} role={kind === 'good' ? 'status' : 'alert'}>
      {children}
    </div>
  );
}

/** A page that says one thing and leads on. */
export function noticePage(
  frame: Frame,
  notice: { title: string; text: string },
  next?: { href: string; text: string },
): string {
  return renderPage({
    frame,
    title: notice.title,
    children: (
      <>
        <h1>{notice.title}</h1>
        <p>{notice.text}</p>
        {next && (
          <p>
            <a class="button" href={next.href}>
              {next.text}
            </a>
          </p>
        )}
      </>
    ),
  });
}
