import type { Selectable } from 'kysely';
import type { OrderLine } from '../db/schema.ts';
import type { Texts } from './texts.ts';

/** Another option that a line could be swapped for. */
export interface SwapOption {
  sku: string;
  title: string;
  available: number | null;
}

interface SwapProps {
  lines: Array<Selectable<OrderLine>>;
  /** By the line's SKU. */
  choices: Map<string, SwapOption[]>;
  /** The path of the order: the form goes below it. */
  path: string;
  texts: Texts;
  /** Where it is not a shopper who reads it. */
  heading?: { title: string; text: string };
}

/** What of an order can be swapped for another option, a form for each line. */
export function Swaps({ lines, choices, path, texts, heading }: SwapProps) {
  const t = texts.after.swap;
  const { title, text } = heading ?? t;
  const open = lines.filter(({ sku, quantity }) =>
    choices.get(sku)?.some((option) => isThere(option, quantity)),
  );
  if (open.length === 0) return null;
  return (
    <section class="card" aria-labelledby="swap">
      <h2 id="swap">{title}</h2>
      <p class="small">{text}</p>
      {open.map((line) => (
        <form method="post" action={`${path}/swap`}>
          <input type="hidden" name="from" value={line.sku} />
          <label>
            {t.label(`${line.quantity} × ${line.title}`)}
            <select name="to" required>
              {(choices.get(line.sku) ?? []).map((option) => (
                <option value={option.sku} disabled={!isThere(option, line.quantity)}>
                  {isThere(option, line.quantity) ? option.title : t.soldOut(option.title)}
                </option>
              ))}
            </select>
          </label>
          <button class="plain" type="submit" aria-label={t.buttonOf(line.title)}>
            {t.button}
          </button>
        </form>
      ))}
    </section>
  );
}

const isThere = ({ available }: SwapOption, quantity: number): boolean =>
  available === null || available >= quantity;
