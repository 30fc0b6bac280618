import { type Frame, Note, renderPage } from './page.tsx';
import { type Books, BooksSection } from './support-books.tsx';
import { supportNav, Time } from './support-parts.tsx';

/** Pages for staff, in English. */

export function signInPage(frame: Frame, problem?: string): string {
  return renderPage({
    frame,
    title: 'Support',
    children: (
      <>
        <h1>Support</h1>
        {problem && <Note kind="bad">{problem}</Note>}
        <form method="post" action="/support/sign-in">
          <label>
            E-mail address
            <input type="email" name="email" autocomplete="username" required />
          </label>
          <label>
            Password
            <input type="password" name="password" autocomplete="current-password" required />
          </label>
          <button type="submit">Sign in</button>
        </form>
      </>
    ),
  });
}

export function welcomePage(frame: Frame, path: string, shortest: number, problem?: string): string {
  return renderPage({
    frame,
    title: 'Choose a password',
    children: (
      <>
        <h1>Choose a password</h1>
        {problem && <Note kind="bad">{problem}</Note>}
        <form method="post" action={path}>
          <label>
            Password
            <input
              type="password"
              name="password"
              autocomplete="new-password"
              minlength={shortest}
              maxlength={200}
              required
              aria-describedby="hint"
            />
          </label>
          <small id="hint">At least {shortest} characters. A sentence is good.</small>
          <button type="submit">Save and sign in</button>
        </form>
      </>
    ),
  });
}

export interface Found {
  href: string;
  title: string;
  why: string;
}

export function searchPage(
  frame: Frame,
  query: string,
  found: Found[] | undefined,
  neverTold: Array<{ merchant_id: string; why: string; shoppers: number; post_ids: string[] }>,
  books: Books | undefined,
): string {
  return renderPage({
    frame,
    wide: true,
    nav: supportNav,
    title: 'Support',
    children: (
      <>
        <h1>Support</h1>
        <form method="get" action="/support">
          <label>
            @handle, e-mail, post, cart or order number, or an id of Stripe’s
            <input type="search" name="q" value={query} autofocus required maxlength={300} />
          </label>
          <button type="submit">Search</button>
        </form>
        {found && found.length === 0 && <Note kind="warn">Nothing is known of “{query}”.</Note>}
        {found && found.length > 0 && (
          <ul>
            {found.map((each) => (
              <li>
                <a href={each.href}>{each.title}</a> <span class="soft">by {each.why}</span>
              </li>
            ))}
          </ul>
        )}
        {books && <BooksSection {...books} />}
        {!found && neverTold.length > 0 && (
          <>
            <h2>Never told</h2>
            <p class="small soft">
              Newcomers whose replies are kept for them, and whom nobody could tell so.
            </p>
            <ul>
              {neverTold.map(({ merchant_id, why, shoppers, post_ids }) => (
                <li>
                  {merchant_id}: {shoppers} shopper(s), {why.replaceAll('_', ' ')}:{' '}
                  {post_ids.slice(0, SHOWN_POSTS).map((id) => (
                    <>
                      <a href={`/support/replies/${id}`}>{id}</a>{' '}
                    </>
                  ))}
                  {post_ids.length > SHOWN_POSTS && `and ${post_ids.length - SHOWN_POSTS} more`}
                </li>
              ))}
            </ul>
          </>
        )}
      </>
    ),
  });
}

/** Of each merchant and reason; all of them lists "replycart shoppers never-told". */
const SHOWN_POSTS = 10;

export interface ReplyPageProps {
  post_id: string;
  x: string;
  body: unknown;
  received: string | null;
  outcomes: Array<{ at: Date; title: string; text: string; detail: string; shopper_id: string | null }>;
}

/** One reply: what X delivered, how it was read, and what became of it. */
export function replyPage(frame: Frame, { post_id, x, body, received, outcomes }: ReplyPageProps): string {
  return renderPage({
    frame,
    wide: true,
    nav: supportNav,
    title: `Reply ${post_id}`,
    children: (
      <>
        <h1>Reply {post_id}</h1>
        <p>
          <a href={`${x}/i/status/${post_id}`} rel="noreferrer">
            On X
          </a>{' '}
          <span class="soft">{received ?? 'what X delivered is not kept any more'}</span>
        </p>
        {outcomes.length === 0 && <Note kind="warn">It has no outcome yet.</Note>}
        <ol class="timeline">
          {outcomes.map((outcome) => (
            <li>
              <Time at={outcome.at} />
              <strong>{outcome.title}</strong> {outcome.text}
              <pre tabindex={0}>{outcome.detail}</pre>
              {outcome.shopper_id && <a href={`/support/shoppers/${outcome.shopper_id}`}>the shopper</a>}
            </li>
          ))}
        </ol>
        {body !== undefined && (
          <details>
            <summary>As X delivered it</summary>
            <pre tabindex={0}>{JSON.stringify(body, null, 2)}</pre>
          </details>
        )}
      </>
    ),
  });
}
