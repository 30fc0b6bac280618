import type { Child } from 'hono/jsx';
import type { CartLine } from '../domain/cart.ts';
import { formatMoney, priceText } from '../domain/currency.ts';
import { AmountForms, type AmountFormsProps } from './amount-forms.tsx';
import { type Frame, Note, renderPage } from './page.tsx';

interface Confirm {
  frame: Frame;
  title: string;
  /** The path of the cart. */
  path: string;
  /** The way back. */
  back: string;
  children?: Child;
}

function confirmPage({ frame, title, path, back, children }: Confirm): string {
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {children}
        <p>
          <a href={path}>{back}</a>
        </p>
      </>
    ),
  });
}

/** One option of those that a mail offered; pressing the button puts it into the cart. */
export function choosePage(
  frame: Frame,
  choice: {
    path: string;
    sku: string;
    title: string;
    quantity: number;
    price: string;
    state: 'free' | 'soldOut' | 'closed' | 'there';
  },
): string {
  const t = frame.texts.ways.choose;
  const { path, state } = choice;
  return confirmPage({
    frame,
    path,
    title: t.title(choice.title),
    back: t.back,
    children:
      state === 'free' ? (
        <form method="post" action={`${path}/items`}>
          <p>{t.quantity(choice.quantity, choice.price)}</p>
          <input type="hidden" name="sku" value={choice.sku} />
          <input type="hidden" name="quantity" value={String(choice.quantity)} />
          <button type="submit">{t.button}</button>
        </form>
      ) : (
        <Note kind="warn">
          <p>{t[state]}</p>
        </Note>
      ),
  });
}

/** How much to give, of those amounts that a mail offered, or any other; pressing a button puts it into the cart. */
export function givePage(
  frame: Frame,
  gift: Omit<AmountFormsProps, 'given' | 'texts'> & { amount: number | undefined; closed: boolean },
): string {
  const t = frame.texts.donation;
  const { path, sku, title, amount, closed, currency, locale } = gift;
  return confirmPage({
    frame,
    path,
    title: t.confirm(title),
    back: frame.texts.ways.choose.back,
    children: closed ? (
      <Note kind="warn">
        <p>{frame.texts.ways.choose.closed}</p>
      </Note>
    ) : (
      <>
        {amount !== undefined && (
          <form method="post" action={`${path}/amount`}>
            <input type="hidden" name="sku" value={sku} />
            <input type="hidden" name="amount" value={priceText(amount, currency)} />
            <button type="submit">{t.give(formatMoney(amount, currency, locale))}</button>
            <p class="small soft">{t.confirmText}</p>
          </form>
        )}
        <AmountForms {...gift} given={amount} texts={frame.texts} />
      </>
    ),
  });
}

/** Of a product that is in the cart in several options: whether only one of them is meant. */
export function onlyPage(frame: Frame, path: string, kept: CartLine, lines: CartLine[]): string {
  const t = frame.texts.ways.only;
  return confirmPage({
    frame,
    path,
    title: t.title(lines.length, kept.title),
    back: t.all(lines.length),
    children: (
      <>
        <p>{t.lead}</p>
        <ul>
          {lines.map(({ quantity, title }) => (
            <li>{frame.texts.ways.takenOut.line(quantity, title)}</li>
          ))}
        </ul>
        <form method="post" action={`${path}/only`}>
          <input type="hidden" name="sku" value={kept.sku} />
          <button type="submit">{t.only(kept.title)}</button>
          <p class="small soft">{t.onlyNote}</p>
        </form>
      </>
    ),
  });
}

/** Whether everything is to be taken out of a cart. */
export function emptyPage(frame: Frame, path: string, merchant: string, lines: CartLine[]): string {
  const t = frame.texts.ways.empty;
  return confirmPage({
    frame,
    path,
    title: t.title(merchant),
    back: t.keep,
    children: (
      <>
        <ul>
          {lines.map(({ quantity, title }) => (
            <li>{frame.texts.ways.takenOut.line(quantity, title)}</li>
          ))}
        </ul>
        <form method="post" action={`${path}/empty`}>
          <button type="submit">{t.button}</button>
        </form>
      </>
    ),
  });
}
