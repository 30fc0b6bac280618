import type { Selectable } from 'kysely';
import type { Shopper } from '../db/schema.ts';
import { type Frame, Note, renderPage } from './page.tsx';

type Wishes = Pick<Selectable<Shopper>, 'opted_out_at' | 'unsubscribed_at' | 'reminders_at'>;

/** Asks whether mail about carts shall end; or says that it has, and how to come back. */
export function unsubscribePage(frame: Frame, { path, ...wishes }: Wishes & { path: string }): string {
  const t = frame.texts.mailControl.unsubscribe;
  const title = wishes.opted_out_at ? t.stoppedTitle : wishes.unsubscribed_at ? t.doneTitle : t.title;
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {wishes.opted_out_at ? (
          <>
            <Note>{t.stopped}</Note>
            <p>{t.stoppedReturn}</p>
            <WishForm path={path} wish="return" button={t.stoppedButton} />
          </>
        ) : wishes.unsubscribed_at ? (
          <>
            <Note>{t.done}</Note>
            <p>{t.stays}</p>
            <WishForm path={path} wish="return" button={t.returnButton} />
          </>
        ) : (
          <>
            <p>{t.ask}</p>
            <p>{t.ends}</p>
            <p>{t.stays}</p>
            <WishForm path={path} wish="unsubscribe" button={t.button} />
            <p class="small soft">
              {t.return} <a href="/me">{t.me}</a>.
            </p>
            {wishes.reminders_at && (
              <p>
                <a href={`${path}/reminders`}>{t.remindersButton}</a>
              </p>
            )}
          </>
        )}
      </>
    ),
  });
}

/** Asks whether reminders shall end. */
export function remindersPage(frame: Frame, { path, reminded }: { path: string; reminded: boolean }): string {
  const t = frame.texts.mailControl.unsubscribe;
  return renderPage({
    frame,
    title: t.remindersTitle,
    children: (
      <>
        <h1>{t.remindersTitle}</h1>
        {reminded ? (
          <>
            <p>{t.remindersAsk}</p>
            <WishForm path={`${path}/reminders`} wish="no_reminders" button={t.remindersButton} />
          </>
        ) : (
          <Note>{t.remindersOff}</Note>
        )}
        <p>
          <a href={path}>{t.title}</a>
        </p>
      </>
    ),
  });
}

function WishForm({ path, wish, button }: { path: string; wish: string; button: string }) {
  return (
    <form method="post" action={path}>
      <input type="hidden" name="wish" value={wish} />
      <button type="submit">{button}</button>
    </form>
  );
}
