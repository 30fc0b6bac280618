import type { CartLine, Obstacle } from '../domain/cart.ts';
import { pictureAddress } from '../domain/picture.ts';
import { AmountForms } from './amount-forms.tsx';
import { obstacleText } from './obstacle-text.ts';
import type { Texts } from './texts.ts';

/** An option of a line's product. */
export interface OptionOfLine {
  sku: string;
  label: string;
  soldOut: boolean;
  closed: boolean;
}

export interface LineProps {
  line: CartLine;
  obstacle: Obstacle | undefined;
  /** What the product comes in; one or none where there is nothing to choose. */
  options: OptionOfLine[];
  path: string;
  /** Where X shows posts. */
  x: string;
  /** The post below which it was asked for. */
  productPost: string | undefined;
  money: (amount: number) => string;
  currency: string;
  /** The merchant's. */
  locale: string;
  time: (at: Date) => string;
  now: Date;
  /** Why it is here. */
  why: string;
  /** What is promised of its price, in a sentence; empty: nothing. */
  promised: string;
  texts: Texts;
}

/** A line of an open cart: what it is, what it costs, why it is here, and what can be done with it. */
export function Line(props: LineProps) {
  const { line, obstacle, options, path, money, currency, locale, texts } = props;
  const t = texts.cart;
  return (
    <li class={line.image ? 'pictured' : undefined}>
      {line.image && (
        <img
          src={pictureAddress(line.image)}
          alt={line.title}
          width="72"
          height="72"
          loading="lazy"
          decoding="async"
        />
      )}
      <strong>{line.title}</strong>
      <span class="amount">{money(line.price * line.quantity)}</span>
      <span class="about soft small">
        <About {...props} />
        {obstacle && <span class="tag bad">{obstacleText(obstacle, line, texts)}</span>}
      </span>
      <div class="controls">
        {line.quantity_before > 0 && line.quantity_before !== line.quantity && (
          <form method="post" action={`${path}/items`}>
            <input type="hidden" name="undo" value="1" />
            <input type="hidden" name="sku" value={line.sku} />
            <input type="hidden" name="quantity" value={String(line.quantity_before)} />
            <button type="submit" aria-label={t.undoOf(line.title, line.quantity_before)}>
              {t.undo(line.quantity_before)}
            </button>
          </form>
        )}
        {line.donation && (
          <AmountForms
            path={path}
            sku={line.sku}
            title={line.title}
            donation={line.donation}
            currency={currency}
            locale={locale}
            given={line.price}
            texts={texts}
          />
        )}
        {!line.donation && (
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
        )}
        {options.length > 1 && <OptionForm line={line} options={options} path={path} texts={texts} />}
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

function About({ line, obstacle, x, productPost, money, time, now, why, promised, texts }: LineProps) {
  const t = texts.cart;
  const post = (id: string, text: string) => (
    <a href={`${x}/i/status/${id}`} rel="noreferrer">
      {text}
    </a>
  );
  return (
    <>
      {line.quantity > 1 && <span class="fact">{t.each(money(line.price))} </span>}
      {line.price_why !== 'same' && (
        <span class="fact">
          {t.was(money(line.price_then))}: {texts.prices.why[line.price_why]}{' '}
        </span>
      )}
      {!obstacle && (line.promise || line.offer_post_id) && (
        <span class="fact">
          {line.offer_post_id && line.price_why !== 'offer_over' && `${texts.prices.offer} `}
          {promised} {line.price < line.price_today && `${texts.prices.today(money(line.price_today))} `}
        </span>
      )}
      {line.post_id ? why : texts.ways.chosenHere} {line.post_id && post(line.post_id, t.reply)}
      {line.post_id && productPost && ' · '}
      {productPost && post(productPost, texts.ways.post)}
      {!obstacle && line.held_until && line.held_until > now && (
        <>
          {' '}
          · {t.heldUntil(time(line.held_until))} ({timeLeft(line.held_until, now, texts)})
        </>
      )}{' '}
    </>
  );
}

function timeLeft(until: Date, now: Date, texts: Texts): string {
  const minutes = Math.ceil((until.getTime() - now.getTime()) / 60_000);
  return texts.ways.timeLeft(Math.floor(minutes / 60), minutes % 60);
}

function OptionForm({ line, options, path, texts }: Pick<LineProps, 'line' | 'options' | 'path' | 'texts'>) {
  const t = texts.ways.option;
  return (
    <form method="post" action={`${path}/option`}>
      <input type="hidden" name="sku" value={line.sku} />
      <select name="to" aria-label={t.label(line.title)}>
        {options.map(({ sku, label, soldOut, closed }) => (
          <option value={sku} selected={sku === line.sku} disabled={sku !== line.sku && (soldOut || closed)}>
            {sku === line.sku || !(soldOut || closed) ? label : soldOut ? t.soldOut(label) : t.closed(label)}
          </option>
        ))}
      </select>
      <button type="submit">{t.button}</button>
    </form>
  );
}
