import type { Selectable } from 'kysely';
import type { Shopper } from '../db/schema.ts';
import type { Cart } from '../domain/cart.ts';
import { maskEmail } from '../domain/text.ts';
import { zonesByRegion } from '../domain/time-zone.ts';
import { Kept, type KeptProps } from './me-cards.tsx';
import { type Held, HeldOfThem } from './me-held.tsx';
import { type Frame, Note, renderPage } from './page.tsx';
import { languages } from './texts.ts';

export interface MeProps {
  shopper: Selectable<Shopper>;
  carts: Array<{ cart: Cart; merchant: string; total: string }>;
  held: Held;
  kept: KeptProps;
  /** They have just chosen something. */
  saved: boolean;
  /** The version of the text by which they would agree to reminders. */
  reminders: string;
}

/** A shopper's own page: carts first, then what they may decide, what we hold of them, and the ways out. */
export function mePage(frame: Frame, { shopper, carts, held, kept, saved, reminders }: MeProps): string {
  const { me: t, account, cart: cartTexts } = frame.texts;
  return renderPage({
    frame,
    title: t.title,
    children: (
      <>
        <h1>{t.title}</h1>
        {saved && <Note>{account.saved}</Note>}
        <p>{t.signedIn(shopper.username)}</p>
        {shopper.opted_out_at && <OptedOut frame={frame} />}
        {carts.length === 0 && <p>{t.none}</p>}
        {carts.map(({ cart, merchant, total }) => (
          <div class="card">
            <h2>{merchant}</h2>
            <p>
              {cart.lines.length > 0
                ? `${cart.lines.map((line) => `${line.quantity} × ${line.title}`).join(', ')} · ${total}`
                : cartTexts.chooseTitle}
            </p>
            <form method="post" action="/me/open">
              <input type="hidden" name="cart" value={cart.id} />
              <button type="submit">{t.open(merchant)}</button>
            </form>
          </div>
        ))}
        <Kept frame={frame} {...kept} />
        <MailChoices frame={frame} shopper={shopper} reminders={reminders} />
        <HeldOfThem frame={frame} shopper={shopper} held={held} />
        <WaysOut frame={frame} />
      </>
    ),
  });
}

interface Part {
  frame: Frame;
  shopper: Selectable<Shopper>;
}

function OptedOut({ frame }: { frame: Frame }) {
  const t = frame.texts.account.optedOut;
  return (
    <div class="card">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      <form method="post" action="/me/come-back">
        <button type="submit">{t.button}</button>
      </form>
    </div>
  );
}

function MailChoices({ frame, shopper, reminders }: Part & { reminders: string }) {
  const { me, account: t } = frame.texts;
  const { email, email_removed_at, unsubscribed_at, reminders_at } = shopper;
  const [mailed, reminded] = [unsubscribed_at === null, reminders_at !== null];
  return (
    <div class="card">
      <h2>{t.mailTitle}</h2>
      <p>
        {email ? me.mail(maskEmail(email)) : email_removed_at ? t.removedNote : me.noMail}{' '}
        <a href="/link/email">{email ? t.another : me.addMail}</a>
      </p>
      {email && (
        <form method="post" action="/me/remove-address">
          <button class="plain" type="submit">
            {t.removeAddress}
          </button>
        </form>
      )}
      <p>{mailed ? t.cartMails.on : t.cartMails.off}</p>
      <form method="post" action="/me/mails">
        <input type="hidden" name="on" value={mailed ? '0' : '1'} />
        <button class="plain" type="submit">
          {mailed ? t.cartMails.stop : t.cartMails.start}
        </button>
      </form>
      <p>{reminded ? t.reminders.on : t.reminders.off}</p>
      <form method="post" action="/me/reminders">
        <input type="hidden" name="on" value={reminded ? '0' : '1'} />
        {!reminded && <input type="hidden" name="consent" value={reminders} />}
        <button class="plain" type="submit">
          {reminded ? t.reminders.stop : t.reminders.start}
        </button>
      </form>
      <form method="post" action="/me/language">
        <label>
          {t.language.label}
          <select name="language">
            <option value="" selected={shopper.language === null}>
              {t.language.browser}
            </option>
            {Object.values(languages).map(({ language, languageName }) => (
              <option value={language} lang={language} selected={shopper.language === language}>
                {languageName}
              </option>
            ))}
          </select>
        </label>
        <button class="plain" type="submit">
          {t.language.button}
        </button>
      </form>
      <Timezone frame={frame} shopper={shopper} />
    </div>
  );
}

function Timezone({ frame, shopper }: Part) {
  const { timezone: t } = frame.texts.account;
  return (
    <form method="post" action="/me/timezone">
      <label>
        {t.label}
        <select name="timezone">
          <option value="" selected={shopper.timezone === null}>
            {t.merchants}
          </option>
          {[...zonesByRegion()].map(([region, zones]) => (
            <optgroup label={region}>
              {zones.map((zone) => (
                <option value={zone} selected={shopper.timezone === zone}>
                  {zone
                    .slice(region.length + 1)
                    .replaceAll('_', ' ')
                    .replaceAll('/', ', ')}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <button class="plain" type="submit">
        {t.button}
      </button>
    </form>
  );
}

function WaysOut({ frame }: { frame: Frame }) {
  const { me, account: t } = frame.texts;
  return (
    <div class="card">
      <h2>{t.leaveTitle}</h2>
      <form method="post" action="/me/sign-out">
        <button class="plain" type="submit">
          {me.signOut}
        </button>
      </form>
      <form method="post" action="/me/sign-out-everywhere">
        <button class="plain" type="submit">
          {t.everywhere}
        </button>
      </form>
      <p>
        <a href="/me/unlink">{t.unlink.link}</a>
      </p>
      <p>
        <a href="/me/erase">{t.erase.link}</a>
      </p>
    </div>
  );
}
