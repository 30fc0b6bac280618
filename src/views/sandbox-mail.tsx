import { type Frame, renderPage } from './page.tsx';
import { sandboxNav } from './sandbox-parts.tsx';

interface Mail {
  id: string;
  received_at: string;
  to: string[];
  from: string;
  subject: string;
  reply_to: string | null;
  text: string;
}

export interface InboxProps {
  mails: Mail[];
  addresses: string[];
  /** Only mail to this address. */
  to: string | undefined;
}

export function inboxPage(frame: Frame, { mails, addresses, to }: InboxProps): string {
  return renderPage({
    frame,
    wide: true,
    nav: sandboxNav,
    title: 'Mail',
    children: (
      <>
        <h1>Mail</h1>
        <form method="get" action="/sandbox/mail" class="filter">
          <label>
            Mailbox of
            <select name="to">
              <option value="">everybody</option>
              {addresses.map((address) => (
                <option value={address} selected={address === to}>
                  {address}
                </option>
              ))}
            </select>
          </label>
          <button class="plain" type="submit">
            Show
          </button>
        </form>
        {mails.length === 0 && <p class="soft">No mail yet.</p>}
        <ul class="inbox">
          {mails.map((mail) => (
            <li>
              <a href={`/sandbox/mail/${mail.id}`}>
                <strong>{mail.subject}</strong>
                <span class="soft small">
                  {mail.from} to {mail.to.join(', ')}, {mail.received_at.slice(11, 19)} UTC
                </span>
              </a>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

export function mailPage(frame: Frame, mail: Mail): string {
  return renderPage({
    frame,
    wide: true,
    nav: sandboxNav,
    title: mail.subject,
    children: (
      <>
        <h1>{mail.subject}</h1>
        <dl class="facts">
          <dt>From</dt>
          <dd>{mail.from}</dd>
          <dt>To</dt>
          <dd>{mail.to.join(', ')}</dd>
          {mail.reply_to && (
            <>
              <dt>Reply to</dt>
              <dd>{mail.reply_to}</dd>
            </>
          )}
        </dl>
        <iframe
          class="mail"
          src={`/sandbox/mail/${mail.id}/html`}
          title="The mail"
          sandbox="allow-top-navigation-by-user-activation"
        />
        <details open>
          <summary>The same as plain text</summary>
          <pre class="text">{withAddresses(mail.text)}</pre>
        </details>
      </>
    ),
  });
}

/** Addresses as links; everything else is text. */
function withAddresses(text: string) {
  return text
    .split(/(https?:\/\/[^\s]+)/)
    .map((part) => (/^https?:/.test(part) ? <a href={part}>{part.replace(/^https?:\/\//, '')}</a> : part));
}
