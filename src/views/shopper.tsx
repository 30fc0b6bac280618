import { Facts, type Frame, Note, renderPage } from './page.tsx';

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

/** What is kept and why, before anybody signs in. @param what what signing in is for */
export function linkPage(
  frame: Frame,
  {
    consentVersion,
    placeMinutes,
    heldDays,
    textDays,
    what,
    back,
  }: {
    consentVersion: string;
    placeMinutes: number;
    heldDays: number;
    textDays: number;
    what?: string | undefined;
    back: string | undefined;
  },
): string {
  const t = frame.texts.link;
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        {what && <Note>{what}</Note>}
        <p>{t.lead}</p>
        <form method="post" action="/link">
          <input type="hidden" name="consent" value={consentVersion} />
          {back && <input type="hidden" name="back" value={back} />}
          <button type="submit">{t.button}</button>
        </form>
        <p class="small soft">
          {t.agree} <a href="/privacy">{frame.texts.page.footer.privacy}</a>,{' '}
          <a href="/terms">{frame.texts.page.footer.terms}</a>.
        </p>
        <div class="card">
          <h2>{t.storedTitle}</h2>
          <Facts facts={t.stored(textDays)} />
          <p class="small">{t.never}</p>
        </div>
        <p>{t.held(heldDays, placeMinutes)}</p>
      </>
    ),
  });
}

/** @param lead why an address is asked for */
export function emailPage(frame: Frame, lead: string, problem?: string): string {
  const t = frame.texts.email;
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
        <p>
          <a href="/me">{t.without}</a> {t.withoutMail}
        </p>
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
        <LostForm frame={frame} />
      </>
    ),
  });
}

function LostForm({ frame }: { frame: Frame }) {
  const t = frame.texts.lost;
  return (
    <>
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
  );
}

/** Where a link opens no cart, whatever the reason: the way to a new one. */
export function oldLinkPage(frame: Frame): string {
  const t = frame.texts.cart.oldLink;
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        <p>{t.text}</p>
        <p>{frame.texts.lost.lead}</p>
        <LostForm frame={frame} />
      </>
    ),
  });
}
