import { buyableLines, type Share } from '../domain/buyable.ts';
import { totalsOf } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import type { Texts } from './texts.ts';

/** Where not everything can be bought: the ways on, each of which says what comes of it. */
export function WaysOn({
  shares,
  merchant,
  country,
  path,
  money,
  texts,
}: {
  shares: Share[];
  merchant: Merchant;
  /** Where it is sent to, where that decides about the shipping. */
  country: string | null;
  path: string;
  money: (amount: number) => string;
  texts: Texts;
}) {
  const t = texts.ways.left;
  const rest = buyableLines(shares);
  const missing = shares.filter((share) => share.missing > 0);
  const { total } = totalsOf(rest, merchant.shipping, country);
  const named = (quantity: number, title: string): string => texts.ways.takenOut.line(quantity, title);
  return (
    <section class="card ways" aria-labelledby="ways">
      <h2 id="ways">{t.title}</h2>
      {rest.length === 0 && <p>{t.nothing}</p>}
      {rest.length > 0 && (
        <form method="post" action={`${path}/rest`}>
          <input type="hidden" name="total" value={String(total)} />
          {country !== null && <input type="hidden" name="country" value={country} />}
          <button class="pay" type="submit" aria-describedby="ways-rest">
            {t.rest(money(total))}
          </button>
          <p id="ways-rest" class="small soft">
            {t.restNote(rest.map(({ quantity, title }) => named(quantity, title)))}
          </p>
        </form>
      )}
      {missing.length > 0 && (
        <form method="post" action={`${path}/wait`}>
          <button class="other" type="submit" aria-describedby="ways-wait">
            {t.wait}
          </button>
          <p id="ways-wait" class="small soft">
            {t.waitNote(missing.map((share) => named(share.missing, share.line.title)))}
          </p>
        </form>
      )}
      <form method="post" action={`${path}/trim`}>
        <button class="other" type="submit" aria-describedby="ways-trim">
          {t.trim}
        </button>
        <p id="ways-trim" class="small soft">
          {t.trimNote}
        </p>
      </form>
    </section>
  );
}
