import type { Selectable } from 'kysely';
import type { Order } from '../db/schema.ts';
import {
  type Cart,
  type CartLine,
  type Obstacle,
  obstacleOf,
  totalsOf,
  type Waiting,
} from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { formatMoney } from '../domain/currency.ts';
import type { Detail } from '../domain/outcome.ts';
import { type Frame, Note, renderPage } from './page.tsx';
import { localeWithin, type Texts } from './texts.ts';

/** A question that a reply left open, with what can be chosen. */
export interface Question {
  title: string;
  choices: Array<{ sku: string; label: string; price: number; available: number | null }>;
}

export interface CartPageProps {
  /** The path of this cart: forms go below it. */
  path: string;
  cart: Cart;
  merchant: Merchant;
  questions: Question[];
  waiting: Waiting[];
  /** How the replies that set the lines were read, by their post ids. */
  reasons: Map<string, Detail>;
  now: Date;
  /** What happened just now. */
  notice?: { kind: 'good' | 'warn' | 'bad'; title?: string; texts: string[] };
}

/** An open cart: what is in it, what it costs, and the button that pays. */
export function cartPage(frame: Frame, props: CartPageProps): string {
  const { texts } = frame;
  const { cart, merchant, path, questions, notice } = props;
  const title = texts.cart.title(merchant.name);
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {notice && (
          <Note kind={notice.kind}>
            {notice.title && (
              <p>
                <strong>{notice.title}</strong>
              </p>
            )}
            {notice.texts.map((text) => (
              <p>{text}</p>
            ))}
          </Note>
        )}
        {questions.length > 0 && (
          <Questions
            path={path}
            questions={questions}
            currency={cart.currency}
            locale={merchant.locale}
            texts={texts}
          />
        )}
        {cart.lines.length > 0 && <Lines {...props} frame={frame} />}
        {props.waiting.length > 0 && <WaitingFor {...props} texts={texts} />}
        {cart.lines.length + props.waiting.length === 0 && <p>{texts.cart.empty}</p>}
        <p class="soft small">
          <a href={`/m/${merchant.id}`}>{texts.cart.soldBy(merchant.name)}</a>, {merchant.postal_address}
        </p>
      </>
    ),
  });
}

function Lines({ path, cart, merchant, now, reasons, frame }: CartPageProps & { frame: Frame }) {
  const { texts } = frame;
  const money = (amount: number): string => formatMoney(amount, cart.currency, merchant.locale);
  const time = (at: Date): string =>
    new Intl.DateTimeFormat(localeWithin(texts, merchant.locale), {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: merchant.timezone,
    }).format(at);
  const { subtotal, shipping, total } = totalsOf(cart.lines, merchant.shipping);
  const blocked = cart.lines.some((line) => obstacleOf(line, cart.lines, now));
  const t = texts.cart;
  return (
    <>
      <ul class="lines">
        {cart.lines.map((line) => (
          <Line
            line={line}
            obstacle={obstacleOf(line, cart.lines, now)}
            path={path}
            x={frame.x}
            money={money}
            time={time}
            why={texts.why(reasons.get(line.post_id ?? '') ?? {})}
            texts={texts}
          />
        ))}
      </ul>
      <dl class="sums">
        {shipping > 0 && (
          <>
            <dt>{t.subtotal}</dt>
            <dd>{money(subtotal)}</dd>
            <dt>{t.shipping}</dt>
            <dd>{money(shipping)}</dd>
          </>
        )}
        <dt class="total">{t.total}</dt>
        <dd class="total">{money(total)}</dd>
      </dl>
      {blocked ? (
        <Note kind="warn">{t.changed.unavailable}</Note>
      ) : (
        <form method="post" action={`${path}/checkout`}>
          <input type="hidden" name="total" value={String(total)} />
          <button class="pay" type="submit">
            {t.pay(money(total))}
          </button>
          <p class="small soft">{t.payNote}</p>
        </form>
      )}
    </>
  );
}

interface LineProps {
  line: CartLine;
  obstacle: Obstacle | undefined;
  path: string;
  x: string;
  money: (amount: number) => string;
  time: (at: Date) => string;
  /** Why it is here. */
  why: string;
  texts: Texts;
}

function Line({ line, obstacle, path, x, money, time, why, texts }: LineProps) {
  const t = texts.cart;
  const changed = line.price_then !== line.price;
  return (
    <li>
      <strong>{line.title}</strong>
      <span class="amount">{money(line.price * line.quantity)}</span>
      <span class="about soft small">
        {line.quantity > 1 && <>{t.each(money(line.price))} </>}
        {changed && <>{t.was(money(line.price_then))} </>}
        {why}{' '}
        {line.post_id && (
          <a href={`${x}/i/status/${line.post_id}`} rel="noreferrer">
            {t.reply}
          </a>
        )}
        {!obstacle && line.held_until && <> · {t.heldUntil(time(line.held_until))}</>}
        {obstacle && <span class="tag bad">{obstacleText(obstacle, line, texts)}</span>}
      </span>
      <div class="controls">
        {line.quantity_before > 0 && line.quantity_before !== line.quantity && (
          <form method="post" action={`${path}/items`}>
            <input type="hidden" name="sku" value={line.sku} />
            <input type="hidden" name="quantity" value={String(line.quantity_before)} />
            <button type="submit" aria-label={t.undoOf(line.title, line.quantity_before)}>
              {t.undo(line.quantity_before)}
            </button>
          </form>
        )}
        <form method="post" action={`${path}/items`}>
          <input type="hidden" name="sku" value={line.sku} />
          <input
            type="number"
            name="quantity"
            min="0"
            max="9999"
            value={String(line.quantity)}
            aria-label={t.quantityOf(line.title)}
            required
          />
          <button type="submit">{t.change}</button>
        </form>
        <form method="post" action={`${path}/items`}>
          <input type="hidden" name="sku" value={line.sku} />
          <input type="hidden" name="quantity" value="0" />
          <button type="submit" aria-label={t.removeOf(line.title)}>
            {t.remove}
          </button>
        </form>
      </div>
    </li>
  );
}

function obstacleText(obstacle: Obstacle, line: CartLine, { cart: t }: Texts): string {
  if (obstacle === 'too_many') return t.left(line.available ?? 0);
  if (obstacle === 'over_limit') return t.refused.over_limit(line.purchase_limit ?? 0);
  return t.unavailable[obstacle];
}

function WaitingFor({ waiting, path, texts }: CartPageProps & { texts: Texts }) {
  const t = texts.cart;
  return (
    <section class="card" aria-labelledby="in-line">
      <h2 id="in-line">{t.inLineTitle}</h2>
      <ul class="lines">
        {waiting.map(({ sku, title, quantity, ahead }) => (
          <li>
            <strong>{t.waitingFor(quantity, title)}</strong>
            <span class="about soft small">{t.ahead(ahead)}</span>
            <div class="controls">
              <form method="post" action={`${path}/waiting`}>
                <input type="hidden" name="sku" value={sku} />
                <button type="submit" aria-label={t.leaveOf(title)}>
                  {t.leave}
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
      <p class="small soft">{t.inLineNote}</p>
    </section>
  );
}

interface QuestionsProps {
  path: string;
  questions: Question[];
  currency: string;
  locale: string;
  texts: Texts;
}

function Questions({ path, questions, currency, locale, texts }: QuestionsProps) {
  const t = texts.cart;
  return (
    <section class="card" aria-labelledby="choose">
      <h2 id="choose">{t.chooseTitle}</h2>
      {questions.map((question) => (
        <form method="post" action={`${path}/items`}>
          <input type="hidden" name="quantity" value="1" />
          <fieldset class="choices">
            <legend>{question.title}</legend>
            {question.choices.map(({ sku, label, price, available }) => (
              <button type="submit" name="sku" value={sku} disabled={available === 0}>
                {label} · {available === 0 ? t.soldOut : formatMoney(price, currency, locale)}
              </button>
            ))}
          </fieldset>
        </form>
      ))}
    </section>
  );
}

export type PaidState =
  | { kind: 'ordered'; order: Selectable<Order>; lines: Array<{ title: string; quantity: number }> }
  | { kind: 'refunded'; amount: number; currency: string }
  | { kind: 'waiting' };

/** The cart page once a payment was begun: the truth from our own books, whatever Stripe's page said. */
export function paidPage(frame: Frame, state: PaidState, merchant: Merchant): string {
  const t = frame.texts.cart;
  const title = { ordered: t.paidTitle, refunded: t.refundedTitle, waiting: t.waitingTitle }[state.kind];
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {state.kind === 'waiting' && <p aria-busy="true">{t.waiting}</p>}
        {state.kind === 'refunded' && (
          <p>{t.refunded(formatMoney(state.amount, state.currency, merchant.locale))}</p>
        )}
        {state.kind === 'ordered' && (
          <>
            <Note>
              <p>{t.paid(state.order.id, merchant.name)}</p>
            </Note>
            <ul>
              {state.lines.map((line) => (
                <li>
                  {line.quantity} × {line.title}
                </li>
              ))}
            </ul>
            <p>
              {t.total}: {formatMoney(state.order.total, state.order.currency, merchant.locale)}
            </p>
          </>
        )}
        <p class="soft small">
          <a href={`/m/${merchant.id}`}>{t.soldBy(merchant.name)}</a>
        </p>
      </>
    ),
  });
}
