import type { CartLine } from '../domain/cart.ts';
import { boughtHoursAgo } from '../domain/price.ts';
import type { PriceMove } from '../domain/since-mail.ts';
import { Note } from './page.tsx';
import type { Texts } from './texts.ts';

/** What costs something else than before: was, is, and why. */
export function PriceMoves({
  moves,
  mailed,
  money,
  texts,
}: {
  moves: PriceMove[];
  /** When the mail was sent by whose link the page was opened, if it was by one. */
  mailed: string | undefined;
  money: (amount: number) => string;
  texts: Texts;
}) {
  const { moved, why: reasons } = texts.prices;
  return (
    <section class="note warn" aria-labelledby="moved">
      <h2 id="moved">{moved.title}</h2>
      <ul>
        {moves.map(({ title, was, now, why }) => (
          <li>{moved.line(title, money(was), money(now), reasons[why])}</li>
        ))}
      </ul>
      {mailed && <p class="small">{moved.mailed(mailed)}</p>}
    </section>
  );
}

/** What the shopper bought less than a day ago: another one may be a mistake. */
export function BoughtLately({ lines, now, texts }: { lines: CartLine[]; now: Date; texts: Texts }) {
  const { bought, boughtNote } = texts.prices;
  const lately = lines.flatMap(({ title, bought_at }) => {
    const hours = boughtHoursAgo(bought_at, now);
    return hours === undefined ? [] : [{ title, hours }];
  });
  if (lately.length === 0) return null;
  return (
    <Note kind="warn">
      {lately.map(({ title, hours }) => (
        <p>{bought(title, hours)}</p>
      ))}
      <p class="small">{boughtNote}</p>
    </Note>
  );
}
