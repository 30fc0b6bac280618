import type { Selectable } from 'kysely';
import type { Shopper } from '../db/schema.ts';
import type { Cart } from '../domain/cart.ts';
import { maskEmail } from '../domain/text.ts';
import { type Frame, Note, renderPage } from './page.tsx';

export function homePage(frame: Frame): string {
  const t = frame.texts.home;
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        <p>{t.text}</p>
        <p>
          <a class="button" href="/link">
            {t.link}
          </a>
        </p>
        <p>
          <a href="/cart">{t.cart}</a>
        </p>
      </>
    ),
  });
}

/** What is kept and why, before anybody signs in. */
export function linkPage(frame: Frame, consentVersion: string, placeMinutes: number): string {
  const t = frame.texts.link;
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        <p>{t.lead}</p>
        <form method="post" action="/link">
          <input type="hidden" name="consent" value={consentVersion} />
          <button type="submit">{t.button}</button>
        </form>
        <p class="small soft">
          {t.agree} <a href="/privacy">{frame.texts.page.footer.privacy}</a>,{' '}
          <a href="/terms">{frame.texts.page.footer.terms}</a>.
        </p>
        <div class="card">
          <h2>{t.storedTitle}</h2>
          <dl class="facts">
            {t.stored.map(([what, why]) => (
              <>
                <dt>{what}</dt>
                <dd>{why}</dd>
              </>
            ))}
          </dl>
          <p class="small">{t.never}</p>
        </div>
        <p>{t.held(placeMinutes)}</p>
      </>
    ),
  });
}

export function emailPage(
  frame: Frame,
  { username, email, email_refused_at }: Pick<Selectable<Shopper>, 'username' | 'email' | 'email_refused_at'>,
  problem?: string,
): string {
  const t = frame.texts.email;
  const handle = username ?? '';
  const lead =
    email && email_refused_at
      ? frame.texts.mailControl.refusedLead(handle, maskEmail(email))
      : t.lead(handle);
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        {problem && <Note kind="bad">{problem}</Note>}
        <p>{lead}</p>
        <form method="post" action="/link/email">
          <label>
            {t.field}
            <input type="email" name="email" autocomplete="email" required maxlength={254} />
          </label>
          <button type="submit">{t.button}</button>
        </form>
      </>
    ),
  });
}

export function codePage(frame: Frame, email: string, problem?: string): string {
  const t = frame.texts.email;
  return renderPage({
    frame,
    title: t.codeTitle,
    children: (
      <>
        <h1>{t.codeTitle}</h1>
        {problem && <Note kind="bad">{problem}</Note>}
        <p>{t.codeLead(email)}</p>
        <form method="post" action="/link/code">
          <label>
            {t.codeField}
            <input
              type="text"
              name="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              pattern="[0-9 ]{6,7}"
              required
            />
          </label>
          <button type="submit">{t.codeButton}</button>
        </form>
        <p>
          <a href="/link/email">{t.another}</a>
        </p>
      </>
    ),
  });
}

export function lostPage(frame: Frame, done: boolean): string {
  const t = frame.texts.lost;
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        {done && <Note>{t.done}</Note>}
        <p>{t.lead}</p>
        <form method="post" action="/cart">
          <label>
            {t.field}
            <input type="email" name="email" autocomplete="email" required maxlength={254} />
          </label>
          <button type="submit">{t.button}</button>
        </form>
        <p>
          <a href="/link">{t.signIn}</a>
        </p>
      </>
    ),
  });
}

export interface MeProps {
  handle: string;
  email: string | null;
  carts: Array<{ cart: Cart; merchant: string; total: string }>;
}

export function mePage(frame: Frame, { handle, email, carts }: MeProps): string {
  const t = frame.texts.me;
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        <p>{t.signedIn(handle)}</p>
        {carts.length === 0 && <p>{t.none}</p>}
        {carts.map(({ cart, merchant, total }) => (
          <div class="card">
            <h2>{merchant}</h2>
            <p>
              {cart.lines.length > 0
                ? `${cart.lines.map((line) => `${line.quantity} × ${line.title}`).join(', ')} · ${total}`
                : frame.texts.cart.chooseTitle}
            </p>
            <form method="post" action="/me/open">
              <input type="hidden" name="cart" value={cart.id} />
              <button type="submit">{t.open(merchant)}</button>
            </form>
          </div>
        ))}
        <p class="soft">
          {email ? t.mail(email) : t.noMail} {!email && <a href="/link/email">{t.addMail}</a>}
        </p>
        <form method="post" action="/me/sign-out">
          <button class="plain" type="submit">
            {t.signOut}
          </button>
        </form>
      </>
    ),
  });
}
