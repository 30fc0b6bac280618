import type { Context as Request } from 'hono';
import { unsubscribePath } from '../actions/unsubscribe.ts';
import type { Context } from '../context.ts';
import { productPostsOf, sentMail, takenOutOf } from '../db/cart-page.ts';
import { waitingOf } from '../db/carts.ts';
import { lateCheckout } from '../db/checkouts.ts';
import { merchantOf } from '../db/merchants.ts';
import { currentSeller } from '../db/payees.ts';
import { type Choice, choicesOf, openQuestions } from '../db/questions.ts';
import { outcomesOf } from '../db/replies.ts';
import { findShopper } from '../db/shoppers.ts';
import { type Cart, totalsOf, whyNotForSale } from '../domain/cart.ts';
import { formatMoney, largestCharge } from '../domain/currency.ts';
import type { MailContent } from '../domain/mail-content.ts';
import { quietHours } from '../domain/reminder.ts';
import { priceMoves, sinceMail } from '../domain/since-mail.ts';
import { type CartPageProps, cartPage } from '../views/cart.tsx';
import type { OptionOfLine } from '../views/cart-line.tsx';
import type { Question } from '../views/cart-sections.tsx';
import { beingBought, cardWayOf } from './card-way.ts';
import { frameOf } from './frame.ts';
import { allowImages } from './image-policy.ts';
import type { OpenedCart } from './open-cart.ts';

/** How long what was taken out of a cart can be put back. */
const PUT_BACK_HOURS = 48;

export async function showCart(
  context: Context,
  c: Request,
  opened: OpenedCart,
  notice?: CartPageProps['notice'],
) {
  const { db } = context;
  const { cart, path } = opened;
  const post_ids = cart.lines.flatMap(({ post_id }) => post_id ?? []);
  const reasons = [...(await outcomesOf(db, post_ids))].map(([id, { detail }]) => [id, detail] as const);
  const asked = (await openQuestions(db, cart)).flatMap(({ product_skus }) => product_skus);
  const inCart = cart.lines.flatMap(({ product_sku, choice }) => (choice.length > 0 ? [product_sku] : []));
  const choices = await choicesOf(db, cart, [...new Set([...asked, ...inCart])]);
  const shopper = await findShopper(db, cart.shopper_id);
  const merchant = await merchantOf(context.db, cart);
  allowImages(
    c,
    cart.lines.flatMap(({ image }) => image ?? []),
  );
  return c.html(
    cartPage(frameOf(context, c), {
      path,
      cart,
      merchant,
      questions: questionsOf(asked, choices, context.now()),
      waiting: await waitingOf(db, cart),
      takenOut: await takenOutOf(db, cart, PUT_BACK_HOURS),
      reasons: new Map(reasons),
      productPosts: await productPostsOf(db, cart),
      options: optionsOf(inCart, choices, context.now()),
      ...(await changesSince(context, opened)),
      mail: shopper && {
        shopper,
        wishesPath: unsubscribePath(context.keys, shopper.x_user_id),
        quiet: quietHours(context.config.REMINDER_QUIET_HOURS),
      },
      card: await cardWayOf(context, c, cart, merchant),
      buying: await beingBought(context, cart),
      ready: (await currentSeller(db, cart.merchant_id)).kind !== 'nobody',
      now: context.now(),
      notice: notice ?? (await lateNotice(context, c, cart)),
    }),
  );
}

/** Who pays a cart that their bank is still at does so knowingly. */
async function lateNotice(context: Context, c: Request, cart: Cart): Promise<CartPageProps['notice']> {
  const late = await lateCheckout(context.db, cart.id);
  if (!late) return undefined;
  const { locale } = await merchantOf(context.db, cart);
  const t = frameOf(context, c).texts.after.processing;
  const texts = [t.text, t.again(formatMoney(late.total, late.currency, locale))];
  return { kind: 'warn', title: t.title, texts };
}

/** The cart as it is now, with what is different from what the shopper had before their eyes. */
export async function showChanged(
  context: Context,
  c: Request,
  opened: OpenedCart,
  shown: number,
  kind: 'changed' | 'unavailable' | 'not_ready' | 'too_much',
) {
  const { cart } = opened;
  const merchant = await merchantOf(context.db, cart);
  const { texts: all } = frameOf(context, c);
  const { changed } = all.cart;
  const { total } = totalsOf(cart.lines, merchant.shipping, cart.country);
  const money = (amount: number): string => formatMoney(amount, cart.currency, merchant.locale);
  if (kind === 'not_ready')
    return showCart(context, c, opened, { kind: 'warn', texts: [all.connect.notReady(merchant.name)] });
  if (kind === 'too_much') {
    const most = money(largestCharge(cart.currency));
    return showCart(context, c, opened, { kind: 'warn', texts: [all.connect.tooMuch(most)] });
  }
  const texts = [changed.text, ...(total === shown ? [] : [changed.totals(money(shown), money(total))])];
  if (kind === 'unavailable') texts.push(changed.unavailable);
  return showCart(context, c, opened, { kind: 'warn', title: changed.title, texts });
}

async function changesSince(
  { db, now }: Context,
  { cart, mail_id }: OpenedCart,
): Promise<Pick<CartPageProps, 'since' | 'moves'>> {
  const mail = mail_id === null ? undefined : await sentMail(db, mail_id);
  const mailed = mail && cartIn(mail.content, cart);
  if (!mailed) return { moves: priceMoves([], cart.lines) };
  const differences = sinceMail(mailed.lines, cart.lines, now());
  return {
    since: { sent_at: mail.sent_at, differences },
    moves: priceMoves(mailed.lines, cart.lines),
  };
}

/** A cart as a mail has told of it. */
function cartIn(content: MailContent, { id }: Cart) {
  if (content.kind === 'update' || content.kind === 'reminder')
    return content.cart?.id === id ? content.cart : undefined;
  if (content.kind === 'links') return content.carts.find((each) => each.id === id)?.cart;
  return undefined;
}

/** What replies have left open, as choices to tap. */
function questionsOf(asked: string[], choices: Choice[], now: Date): Question[] {
  const ofProducts = choices.filter(({ product_sku }) => asked.includes(product_sku));
  const products = new Map(ofProducts.map(({ product_sku, title }) => [product_sku, title]));
  return [...products].map(([product_sku, title]) => ({
    title,
    choices: ofProducts
      .filter((choice) => choice.product_sku === product_sku)
      .map((choice) => ({ ...asOption(choice, now), price: choice.price })),
    donation: ofProducts.find((choice) => choice.product_sku === product_sku)?.donation ?? null,
  }));
}

function optionsOf(inCart: string[], choices: Choice[], now: Date): Map<string, OptionOfLine[]> {
  const of = (product_sku: string) => choices.filter((choice) => choice.product_sku === product_sku);
  return new Map(
    inCart.map((product_sku) => [product_sku, of(product_sku).map((choice) => asOption(choice, now))]),
  );
}

const asOption = (choice: Choice, now: Date): OptionOfLine => ({
  sku: choice.sku,
  label: choice.choice.join(', ') || choice.title,
  soldOut: choice.available === 0,
  closed: whyNotForSale(choice, now) !== undefined,
});
