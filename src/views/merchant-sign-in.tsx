import type { Merchant } from '../domain/catalog.ts';
import { Facts, type Frame, Note, renderPage } from './page.tsx';

interface SignIn {
  merchant: Merchant;
  /** `lost`: they had signed in, and have to do it again. */
  state: 'signed_in' | 'lost' | 'never';
  /** What a merchant's profile should lead to. */
  profileUrl: string;
  /** This browser has just signed in. */
  maySignOut: boolean;
}

/** What a merchant lets us do, before they sign in with X; and whether they have. */
export function merchantSignInPage(
  frame: Frame,
  { merchant, state, profileUrl, maySignOut }: SignIn,
): string {
  const t = frame.texts.merchantSignIn;
  const path = `/m/${merchant.id}`;
  return renderPage({
    frame,
    title: t.title(merchant.username),
    children: (
      <>
        <h1>{t.title(merchant.username)}</h1>
        {state === 'signed_in' && <Note>{t.signedIn(merchant.username)}</Note>}
        {state === 'lost' && <Note kind="warn">{t.lost(merchant.username)}</Note>}
        {maySignOut && (
          <p>
            <a class="button" href={`${path}/orders`}>
              {frame.texts.after.ship.link}
            </a>
          </p>
        )}
        <p>{t.lead}</p>
        <ul>
          {t.says(merchant.first_contact, merchant.acknowledge).map((text) => (
            <li>{text}</li>
          ))}
        </ul>
        <form method="post" action={`${path}/sign-in`}>
          <button type="submit">{state === 'signed_in' ? t.anew : t.button}</button>
        </form>
        <p class="small soft">{t.which(merchant.username)}</p>
        <div class="card">
          <h2>{t.grantedTitle}</h2>
          <Facts facts={t.granted} />
          <p class="small">{t.never}</p>
        </div>
        {merchant.first_contact !== 'none' && (
          <p>
            {t.profile} <code>{profileUrl}</code>
          </p>
        )}
        {state === 'signed_in' && maySignOut && (
          <form method="post" action={`${path}/sign-out`}>
            <button class="secondary" type="submit">
              {t.signOut}
            </button>
          </form>
        )}
        {state === 'signed_in' && !maySignOut && <p class="small">{t.toSignOut}</p>}
      </>
    ),
  });
}
