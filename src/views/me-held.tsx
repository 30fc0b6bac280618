import type { Selectable } from 'kysely';
import type { Order, Shopper } from '../db/schema.ts';
import type { Entry } from '../domain/support.ts';
import { timeZoneOf } from '../domain/time-zone.ts';
import type { Frame } from './page.tsx';

/** What is held of a shopper, besides their account and carts. */
export interface Held {
  entries: Entry[];
  orders: Array<{ order: Selectable<Order>; merchant: string; total: string }>;
  /** An address that waits for its code. */
  typed: string | null;
  /** How many browsers are signed in. */
  sessions: number;
}

interface Part {
  frame: Frame;
  shopper: Selectable<Shopper>;
  held: Held;
}

const of = <K extends Entry['kind']>(entries: Entry[], kind: K): Array<Extract<Entry, { kind: K }>> =>
  entries.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind);

/** Everything that is held of a shopper, for them to read. */
export function HeldOfThem({ frame, shopper, held }: Part) {
  const t = frame.texts.account;
  return (
    <div class="card">
      <h2>{t.heldTitle}</h2>
      <Account frame={frame} shopper={shopper} held={held} />
      <Replies frame={frame} entries={held.entries} />
      <Orders frame={frame} orders={held.orders} />
      <Deliveries frame={frame} entries={held.entries} />
      <Mails frame={frame} entries={held.entries} />
      <p>
        <a class="button" href="/me/export.json" download>
          {t.download}
        </a>
      </p>
      <p class="small soft">{t.downloadNote}</p>
    </div>
  );
}

function Account({ frame, shopper, held: { entries, typed, sessions } }: Part) {
  const t = frame.texts.account.held;
  return (
    <dl class="facts">
      <dt>{t.account}</dt>
      <dd>{t.accountText(shopper.username, shopper.x_user_id)}</dd>
      <dt>{t.email}</dt>
      <dd>
        {[shopper.email ?? t.none, typed && typed !== shopper.email ? t.typed(typed) : '']
          .filter(Boolean)
          .join('; ')}
      </dd>
      <dt>{t.linked}</dt>
      <dd>
        <Moment frame={frame} at={shopper.linked_at} />
      </dd>
      <dt>{t.locale}</dt>
      <dd>{shopper.locale ?? t.none}</dd>
      <dt>{t.consents}</dt>
      <dd>
        <ul>
          {of(entries, 'consent').map(({ at, consent_kind, text_version, withdrawn_at }) => (
            <li>
              {t.consent[consent_kind]} ({text_version}), <Moment frame={frame} at={at} />
              {withdrawn_at && `; ${t.withdrawn(moment(frame, withdrawn_at))}`}
            </li>
          ))}
        </ul>
      </dd>
      <dt>{t.sessions}</dt>
      <dd>{sessions}</dd>
    </dl>
  );
}

function Replies({ frame, entries }: { frame: Frame; entries: Entry[] }) {
  const t = frame.texts.account.held;
  // Of a reply that became one thing after the other, the last.
  const replies = [
    ...new Map(of(entries, 'reply').map((reply) => [reply.post_id, reply])).values(),
  ].reverse();
  if (replies.length === 0) return null;
  return (
    <details>
      <summary>{t.replies(replies.length)}</summary>
      <ul class="timeline">
        {replies.map((reply) => (
          <li>
            <Moment frame={frame} at={reply.at} />
            <div>
              {reply.text === null ? t.gone : t.said(reply.text)}
              <br />
              {frame.texts.outcome({ ...reply, among: reply.detail.among ?? [] })}
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Orders({ frame, orders }: Pick<Held, 'orders'> & { frame: Frame }) {
  const t = frame.texts.account.held;
  if (orders.length === 0) return null;
  return (
    <details>
      <summary>{t.orders(orders.length)}</summary>
      <ul class="timeline">
        {orders.map(({ order, merchant, total }) => (
          <li>
            <Moment frame={frame} at={order.created_at} />
            <div>
              {t.order(order.id, merchant, total)}
              {order.ship_to && (
                <>
                  <br />
                  {t.sentTo(
                    [order.ship_to.name, ...Object.values(order.ship_to.address)].filter(Boolean).join(', '),
                  )}
                </>
              )}
              {order.email && (
                <>
                  <br />
                  {t.receiptTo(order.email)}
                </>
              )}
              <form method="post" action="/me/order">
                <input type="hidden" name="order" value={order.id} />
                <button
                  class="plain"
                  type="submit"
                  aria-label={`${frame.texts.after.order.see}: ${order.id}`}
                >
                  {frame.texts.after.order.see}
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Deliveries({ frame, entries }: { frame: Frame; entries: Entry[] }) {
  const t = frame.texts.delivery.held;
  const said = [
    ...of(entries, 'download').map(({ at, title }) => ({ at, text: t.downloaded(title) })),
    ...of(entries, 'voucher').map(({ at, title }) => ({ at, text: t.used(title) })),
  ];
  if (said.length === 0) return null;
  return (
    <ul class="timeline">
      {said.map(({ at, text }) => (
        <li>
          <Moment frame={frame} at={at} />
          <div>{text}</div>
        </li>
      ))}
    </ul>
  );
}

function Mails({ frame, entries }: { frame: Frame; entries: Entry[] }) {
  const t = frame.texts.account.held;
  const mails = of(entries, 'mail')
    .filter(({ mail_kind }) => t.mail[mail_kind])
    .reverse();
  if (mails.length === 0) return null;
  return (
    <details>
      <summary>{t.mails(mails.length)}</summary>
      <ul class="timeline">
        {mails.map(({ at, mail_kind, status }) => (
          <li>
            <Moment frame={frame} at={at} />
            <div>
              {t.mail[mail_kind]}: {t.status[status] ?? status}
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Moment({ frame, at }: { frame: Frame; at: Date }) {
  return <time datetime={at.toISOString()}>{moment(frame, at)}</time>;
}

/** In words, by the clock of the shopper's zone; while they have not told where they are, by UTC. */
function moment({ texts, timezone }: Frame, at: Date): string {
  const timeZone = timeZoneOf(timezone);
  const time = new Intl.DateTimeFormat(texts.language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return timeZone === 'UTC' ? `${time.format(at)} UTC` : time.format(at);
}
