import { type Cart, mayGive, whyNotForSale } from './cart.ts';
import type { Donation } from './catalog-file.ts';
import type { MailChoice, ToldReply } from './mail-content.ts';
import type { Detail } from './outcome.ts';

/** So many answers go into a mail; more are on the page. */
const MOST_CHOICES = 12;

/** The questions that a variant answers. */
const ANSWERED: string[] = ['which_product', 'missing_option', 'unknown_option', 'conflicting_option'];

interface Offer {
  sku: string;
  product_sku: string;
  title: string;
  choice: string[];
  /** Null: not counted. */
  available: number | null;
  paused: boolean;
  starts_at: Date | null;
  ends_at: Date | null;
  donation: Donation | null;
}

type Told = Pick<ToldReply, 'outcome' | 'reason' | 'detail'>;

/**
 * What a mail offers as answers to what a reply has left open: the variants that it may mean, or "both, or only that one?".
 *
 * @param later replies of which the mail tells, too: of the same product the last one counts
 */
export function answersTo(
  { outcome, reason, detail }: Told,
  later: Told[],
  { offers, cart, at }: { offers: Offer[]; cart: Cart | undefined; at: Date },
): Pick<ToldReply, 'choices' | 'besides'> {
  const products = productsOf(detail);
  if (later.some((each) => productsOf(each.detail).some((sku) => products.includes(sku)))) return {};
  if (outcome === 'asked' || reason === 'amount_bounds') {
    const choices = detail.donation
      ? amountsFor(detail, offers, at)
      : reason === 'conflicting_quantity'
        ? numbersFor(detail, offers, at)
        : ANSWERED.includes(reason ?? '')
          ? choicesFor(detail, offers, at)
          : [];
    return choices.length > 0 ? { choices } : {};
  }
  const [line, ...more] = detail.lines ?? [];
  if ((outcome !== 'added' && outcome !== 'set') || !line || more.length > 0 || detail.moved_up) return {};
  const added = cart?.lines.find(({ sku }) => sku === line.sku);
  const others = (cart?.lines ?? [])
    .filter(({ product_sku, sku }) => product_sku === added?.product_sku && sku !== added.sku)
    // What was asked for after it is asked about with that reply.
    .filter(({ position }) => added && BigInt(position) < BigInt(added.position));
  if (!added || others.length === 0) return {};
  return { besides: { sku: added.sku, title: added.title, others: others.map(({ title }) => title) } };
}

const productsOf = ({ product, among }: Detail): string[] =>
  among ?? (product === undefined ? [] : [product]);

function choicesFor(detail: Detail, offers: Offer[], at: Date): MailChoice[] {
  const { quantity, named = [] } = detail;
  const products = productsOf(detail);
  const choices = offers
    .filter(({ product_sku }) => products.includes(product_sku))
    .filter(({ choice }) => named.every((value, n) => value === null || value === choice[n]))
    .filter((offer) => hasLeft(offer, quantity ?? 1, at))
    .map(({ sku, title, choice }) => {
      const named = choice.join(', ');
      const label = !named ? title : products.length > 1 ? `${title} (${named})` : named;
      return { sku, label, ...(quantity === undefined ? {} : { quantity }) };
    });
  return choices.slice(0, MOST_CHOICES);
}

/** Small numbers to choose from, where it is clear what is meant; else what it may be, one of each. */
function numbersFor(detail: Detail, offers: Offer[], at: Date): MailChoice[] {
  const [only, ...others] = offers.filter(({ product_sku }) => product_sku === detail.product);
  if (!only || others.length > 0) return choicesFor(detail, offers, at);
  return [1, 2, 3, 4]
    .filter((quantity) => hasLeft(only, quantity, at))
    .map((quantity) => ({ sku: only.sku, label: `${quantity} × ${only.title}`, quantity }));
}

/** What can be given with a tap: the merchant's amounts, and those that the reply may have meant. */
function amountsFor({ product, donation }: Detail, offers: Offer[], at: Date): MailChoice[] {
  const offer = offers.find(({ product_sku }) => product_sku === product);
  if (!offer?.donation || whyNotForSale(offer, at)) return [];
  const amounts = new Set([...(donation?.candidates ?? []), ...offer.donation.presets]);
  return [...amounts]
    .filter((amount) => mayGive(offer.donation, amount))
    .sort((a, b) => a - b)
    .slice(0, MOST_CHOICES)
    .map((amount) => ({ sku: offer.sku, label: offer.title, amount }));
}

const hasLeft = (offer: Offer, quantity: number, at: Date): boolean =>
  (offer.available ?? quantity) >= quantity && !whyNotForSale(offer, at);
