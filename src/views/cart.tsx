import { sharesOf } from '../domain/buyable.ts';
import { type Cart, countryForShipping, isGift, obstacleOf, totalsOf, type Waiting } from '../domain/cart.ts';
import type { Merchant } from '../domain/catalog.ts';
import { formatMoney, formatTotal } from '../domain/currency.ts';
import type { Detail } from '../domain/outcome.ts';
import type { Difference, PriceMove } from '../domain/since-mail.ts';
import { taxBehaviorOf } from '../domain/tax.ts';
import { timeZoneOf } from '../domain/time-zone.ts';
import { BeingBought, type CardWay, PayWithCard } from './cart-card.tsx';
import { CountryForm } from './cart-country.tsx';
import { Line, type OptionOfLine } from './cart-line.tsx';
import { CartMail, type CartMailProps, UnreachableAddress } from './cart-mail.tsx';
import { BoughtLately, PriceMoves } from './cart-prices.tsx';
import { type Question, Questions, SinceMail, TakenOut, WaitingFor } from './cart-sections.tsx';
import { WaysOn } from './cart-ways.tsx';
import { countryName } from './countries.tsx';
import { MerchantLine } from './merchant-line.tsx';
import { type Frame, Note, renderPage } from './page.tsx';
import { promiseText } from './price-text.ts';
import type { Texts } from './texts.ts';
import { timeText } from './time-text.ts';

export interface CartPageProps {
  /** The path of this cart: forms go below it. */
  path: string;
  cart: Cart;
  merchant: Merchant;
  questions: Question[];
  waiting: Waiting[];
  takenOut: Array<{ sku: string; title: string; quantity: number }>;
  /** How the replies that set the lines were read, by their post ids. */
  reasons: Map<string, Detail>;
  /** The posts below which lines were asked for, by the lines' SKUs. */
  productPosts: Map<string, string>;
  /** What products come in, by their SKUs. */
  options: Map<string, OptionOfLine[]>;
  /** What is otherwise than the mail said whose link opened the page. */
  since?: { sent_at: Date; differences: Difference[] } | undefined;
  /** The prices that are other ones than the shopper has had before their eyes: in that mail, or when they replied. */
  moves: PriceMove[];
  /** What decides about mail to the shopper; `undefined`: they have not linked, or are gone. */
  mail: Pick<CartMailProps, 'shopper' | 'wishesPath' | 'quiet'> | undefined;
  /** How they can pay without entering anything; `undefined`: they keep no card. */
  card: CardWay | undefined;
  /** What replies are about to buy. */
  buying: Parameters<typeof BeingBought>[0]['purchases'];
  /** Whether payments can be taken for the merchant. */
  ready: boolean;
  now: Date;
  /** What happened just now. */
  notice?: { kind: 'good' | 'warn' | 'bad'; title?: string; texts: string[] } | undefined;
}

/** How a merchant's amounts and times are written. */
interface Formats {
  money: (amount: number) => string;
  time: (at: Date) => string;
}

/** An open cart: what is in it, what it costs, and the button that pays. */
export function cartPage(frame: Frame, props: CartPageProps): string {
  const { texts } = frame;
  const { cart, merchant, path, questions, notice, since } = props;
  const title = texts.cart.title(merchant.name);
  const timezone = timeZoneOf(props.mail?.shopper.timezone, merchant.timezone);
  const formats = formatsOf(cart, { ...merchant, timezone }, texts);
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {props.moves.length > 0 && (
          <PriceMoves
            moves={props.moves}
            mailed={since && formats.time(since.sent_at)}
            money={formats.money}
            texts={texts}
          />
        )}
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
        {since && since.differences.length > 0 && (
          <SinceMail
            differences={since.differences}
            sent={formats.time(since.sent_at)}
            money={formats.money}
            texts={texts}
          />
        )}
        {props.buying.length > 0 && <BeingBought purchases={props.buying} path={path} texts={texts} />}
        <BoughtLately lines={cart.lines} now={props.now} texts={texts} />
        {props.mail && <UnreachableAddress {...props.mail} texts={texts} />}
        {questions.length > 0 && (
          <Questions
            path={path}
            questions={questions}
            currency={cart.currency}
            locale={merchant.locale}
            texts={texts}
          />
        )}
        {cart.lines.length > 0 && <Lines {...props} {...formats} frame={frame} />}
        {props.waiting.length > 0 && <WaitingFor {...props} texts={texts} />}
        {cart.lines.length + props.waiting.length === 0 && <p>{texts.cart.empty}</p>}
        {props.takenOut.length > 0 && <TakenOut lines={props.takenOut} path={path} texts={texts} />}
        {props.mail && cart.lines.length > 0 && <CartMail {...props.mail} path={path} texts={texts} />}
        <MerchantLine merchant={merchant} gift={isGift(cart.lines)} texts={texts} />
      </>
    ),
  });
}

function formatsOf({ currency }: Cart, { locale, timezone }: Merchant, texts: Texts): Formats {
  return {
    money: (amount) => formatMoney(amount, currency, locale),
    time: (at) => timeText(at, { locale, timezone }, texts),
  };
}

function Lines(props: CartPageProps & Formats & { frame: Frame }) {
  const { path, cart, merchant, now, money, time, frame } = props;
  const { texts } = frame;
  const country = countryForShipping(cart.lines, merchant.shipping, cart.country);
  const taxes = taxBehaviorOf(merchant);
  const { subtotal, shipping, total } = totalsOf(cart.lines, merchant.shipping, country);
  const blocked = cart.lines.some((line) => obstacleOf(line, cart.lines, now));
  const t = texts.cart;
  const byCard = props.card?.kind === 'cards';
  const pays = isGift(cart.lines) ? texts.donation.pay : t.pay;
  return (
    <>
      <ul class="lines">
        {cart.lines.map((line) => (
          <Line
            line={line}
            obstacle={obstacleOf(line, cart.lines, now)}
            options={line.choice.length > 0 ? (props.options.get(line.product_sku) ?? []) : []}
            path={path}
            x={frame.x}
            productPost={props.productPosts.get(line.sku)}
            money={money}
            currency={cart.currency}
            locale={merchant.locale}
            time={time}
            now={now}
            why={texts.why(props.reasons.get(line.post_id ?? '') ?? {})}
            promised={
              line.promise
                ? promiseText(
                    { ...line.promise, price: line.price_then },
                    { ...merchant, currency: cart.currency },
                    texts,
                  )
                : ''
            }
            texts={texts}
          />
        ))}
      </ul>
      <dl class="sums">
        {shipping > 0 && (
          <>
            <dt>{t.subtotal}</dt>
            <dd>{money(subtotal)}</dd>
            <dt>{country === null ? t.shipping : texts.connect.shippingTo(countryName(country, texts))}</dt>
            <dd>{money(shipping)}</dd>
          </>
        )}
        <dt class="total">{t.total}</dt>
        <dd class="total">{formatTotal(total, cart.currency, merchant.locale)}</dd>
      </dl>
      {merchant.shipping && country !== null && (
        <CountryForm shipping={merchant.shipping} {...{ country, path, texts }} />
      )}
      {taxes && (
        <p class="small soft">
          {taxes === 'exclusive' ? texts.connect.taxLater : texts.connect.pricesWithTax}
        </p>
      )}
      {!props.ready ? (
        <Note kind="warn">{texts.connect.notReady(merchant.name)}</Note>
      ) : blocked ? (
        <WaysOn
          shares={sharesOf(cart.lines, now)}
          merchant={merchant}
          country={country}
          path={path}
          money={money}
          texts={texts}
        />
      ) : (
        <>
          {props.card && <PayWithCard way={props.card} path={path} money={money} texts={texts} />}
          <form method="post" action={`${path}/checkout`}>
            <input type="hidden" name="total" value={String(total)} />
            {country !== null && <input type="hidden" name="country" value={country} />}
            <button class={byCard ? 'other' : 'pay'} type="submit">
              {byCard ? texts.buyNow.cart.another : pays(money(total))}
            </button>
            <p class="small soft">{t.payNote}</p>
          </form>
        </>
      )}
    </>
  );
}
