import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { AuthorizationRequest } from './oauth-request.ts';
import { SCOPES } from './oauth-scopes.ts';
import { STYLE } from './oauth-style.ts';
import type { User } from './users.ts';

const LOGO =
  'M18.244 2.25h3.308l-7.227 8.26 8.502 11.24H16.17l-5.214-6.817L4.99 21.75H1.68l7.73-8.835L1.254 2.25H8.08l4.713 6.231zm-1.161 17.52h1.833L7.084 4.126H5.117z';

interface Page {
  /** What the stand-in calls itself. */
  title: string;
}

/** Asks a person whether an app may have what it asks for. Works without JavaScript. */
export function consentPage(
  page: Page & { appName: string; request: AuthorizationRequest; users: User[]; chosen?: string },
): string {
  const { appName, request, users, chosen } = page;
  const scopes = request.scope.split(' ').map((name) => SCOPES[name]);
  return shell(
    page,
    <>
      <h1>{appName} wants to access your X account</h1>
      <h2>This app could</h2>
      <ul>
        {scopes.map((words) => (
          <li>{words}</li>
        ))}
      </ul>
      {/* Relative, so that it holds under any prefix. */}
      <form method="post" action="authorize">
        {Object.entries(request).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Accounts users={users} chosen={chosen} />
        <button type="submit" class="main" name="decision" value="authorize" disabled={users.length === 0}>
          Authorize app
        </button>
        {/* Cancelling needs no account. */}
        <button type="submit" name="decision" value="cancel" formnovalidate>
          Cancel
        </button>
      </form>
      <p class="soft">You will be sent back to {new URL(request.redirect_uri).host}.</p>
    </>,
  );
}

/** What X shows where it cannot send the person back. @param reason for the app's developer */
export const failurePage = (page: Page & { reason: string }): string =>
  shell(
    page,
    <>
      <h1>Something went wrong</h1>
      <p>You weren’t able to give access to the App. Go back and try logging in again.</p>
      <p class="soft">For the app’s developer: {page.reason}</p>
    </>,
  );

function Accounts({ users, chosen }: { users: User[]; chosen?: string | undefined }) {
  if (users.length === 0) return <p>Nobody has an account here yet.</p>;
  return (
    <fieldset>
      <legend>You are signed in as</legend>
      <div class="accounts">
        {users.map((user) => (
          <label>
            <input type="radio" name="account" value={user.id} required checked={user.id === chosen} />
            <span>
              {user.name} <span class="soft">@{user.username}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function shell({ title }: Page, content: Child): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`Authorize app / ${title}`}</title>
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <header class="note">Sandbox: this page stands in for X. Nothing is sent to x.com.</header>
        <main>
          <svg viewBox="0 0 24 24" role="img" aria-label="X">
            <path d={LOGO} />
          </svg>
          {content}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${page}`;
}
