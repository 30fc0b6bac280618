import type { Donation } from '../domain/catalog-file.ts';
import { decimalsOf, formatMoney, priceText, typedAmount } from '../domain/currency.ts';
import type { Texts } from './texts.ts';

export interface AmountFormsProps {
  /** The path of the cart. */
  path: string;
  sku: string;
  title: string;
  donation: Donation;
  currency: string;
  locale: string;
  /** How much it is already, in minor units. */
  given?: number | undefined;
  texts: Texts;
}

/** How much to give: the merchant's amounts to tap, and a field for any other. */
export function AmountForms({
  path,
  sku,
  title,
  donation,
  currency,
  locale,
  given,
  texts,
}: AmountFormsProps) {
  const t = texts.donation;
  const money = (amount: number): string => formatMoney(amount, currency, locale);
  const { presets } = donation;
  return (
    <>
      {presets.length > 0 && (
        <form method="post" action={`${path}/amount`} class="presets">
          <input type="hidden" name="sku" value={sku} />
          {presets.map((amount) => (
            <button
              type="submit"
              name="amount"
              value={priceText(amount, currency)}
              aria-label={t.giveTo(money(amount), title)}
              disabled={amount === given}
            >
              {money(amount)}
            </button>
          ))}
        </form>
      )}
      {/* A form of its own: in one with the buttons above, the return key would press the first of them. */}
      <form method="post" action={`${path}/amount`} class="gift">
        <input type="hidden" name="sku" value={sku} />
        <AmountField {...{ donation, currency, locale, given, texts }} label={t.field(title)} />
        <button type="submit">{t.change}</button>
      </form>
    </>
  );
}

/** A field for how much to give, in the merchant's way to write amounts. Whoever writes another way is understood, too. */
export function AmountField({
  donation,
  currency,
  locale,
  given,
  label,
  texts,
}: Pick<AmountFormsProps, 'donation' | 'currency' | 'locale' | 'texts'> & {
  given: number | undefined;
  /**
   * Names it where there may be others. Without one it is the only field: the page says beside it how much it can be, and the
   * merchant's amounts are suggested.
   */
  label?: string;
}) {
  const t = texts.donation;
  const money = (amount: number): string => formatMoney(amount, currency, locale);
  const typed = (amount: number): string => typedAmount(amount, currency, locale);
  const { minimum, maximum, presets } = donation;
  const shown = given ?? (label === undefined ? presets[0] : undefined);
  return (
    <label>
      <span class="small">
        {label === undefined ? t.amount : t.another}
        {label !== undefined && <span class="soft"> ({t.range(money(minimum), money(maximum))})</span>}
      </span>
      <input
        type="text"
        inputmode={decimalsOf(currency) === 0 ? 'numeric' : 'decimal'}
        name="amount"
        value={shown === undefined ? '' : typed(shown)}
        list={label === undefined ? 'presets' : undefined}
        maxlength={16}
        autocomplete="off"
        aria-label={label}
        required
      />
      {label === undefined && (
        <datalist id="presets">
          {presets.map((amount) => (
            <option value={typed(amount)}>{money(amount)}</option>
          ))}
        </datalist>
      )}
    </label>
  );
}
