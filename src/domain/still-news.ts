import type { ToldReply } from './mail-content.ts';
import type { Line } from './outcome.ts';
import { compareIds } from './snowflake.ts';

/** What a shopper has of a variant at the merchant when a mail leaves. */
export interface Having {
  sku: string;
  product_sku: string;
  /** In the open cart; 0: it was there, and was removed or paid. */
  quantity: number;
  /** The reply that last set the line; null: none did. */
  post_id: string | null;
  /** Orders changes by the time at which they were made. */
  position: string;
  /** Of one, when the line was set: of a donation, how much it is. */
  price: number;
  /** Pieces waited for. */
  waiting: number;
}

/**
 * What is still true of a reply's news when the mail leaves, after what the shopper did on the cart page or paid.
 * What later replies changed is told by their own news. `undefined`: nothing of it is.
 */
export function stillNews(reply: ToldReply, having: Having[]): ToldReply | undefined {
  const { outcome, reason, detail, post_id } = reply;
  const ofProduct = having.filter(({ product_sku }) => namedIn(reply).includes(product_sku));
  if (outcome === 'asked') return ofProduct.some((each) => isAnswered(each, post_id)) ? undefined : reply;
  if (reason === 'already_in_cart')
    return ofProduct.some((each) => each.quantity > 0 || isByLaterReply(each, post_id)) ? reply : undefined;
  if (outcome !== 'added' && outcome !== 'set' && outcome !== 'waitlisted') return reply;
  const bySku = new Map(having.map((each) => [each.sku, each]));
  const waitlist = (detail.waitlist ?? []).filter(({ sku }) => (bySku.get(sku)?.waiting ?? 0) > 0);
  const lines = (detail.lines ?? []).flatMap((line) => lineNow(line, bySku.get(line.sku), post_id) ?? []);
  const { lines: _lines, waitlist: _waitlist, ...rest } = detail;
  const left = { ...rest, ...(waitlist.length > 0 ? { waitlist } : {}) };
  if (lines.length === 0)
    return waitlist.length > 0 ? { ...reply, outcome: 'waitlisted', detail: left } : undefined;
  if (detail.donation) return giftNow(reply, ofProduct);
  const changed = lines.some((line) => !(detail.lines ?? []).includes(line));
  return { ...reply, outcome: changed ? 'set' : outcome, detail: { ...left, lines } };
}

/** A gift as it is now: its amount may have been changed on the page. */
function giftNow(reply: ToldReply, [line]: Having[]): ToldReply {
  const { donation } = reply.detail;
  if (!donation || !line || isByLaterReply(line, reply.post_id) || line.price === donation.amount)
    return reply;
  return {
    ...reply,
    outcome: 'set',
    detail: { ...reply.detail, donation: { ...donation, amount: line.price } },
  };
}

const namedIn = ({ detail }: ToldReply): string[] => [
  ...(detail.product === undefined ? [] : [detail.product]),
  ...(detail.among ?? []),
];

/** Whether a question was answered on the page. */
const isAnswered = ({ post_id, position }: Having, asked_by: string): boolean =>
  position !== post_id && compareIds(position, asked_by) > 0;

/** Whether a later reply has set the line. */
const isByLaterReply = (now: Having, post_id: string): boolean =>
  now.post_id === now.position && compareIds(now.position, post_id) > 0;

/** A line that a reply set, as it is now; `undefined`: it is gone, and that was no later reply's doing. */
function lineNow(line: Line, now: Having | undefined, post_id: string): Line | undefined {
  if (!now) return undefined;
  if (isByLaterReply(now, post_id) || now.quantity === line.quantity) return line;
  return now.quantity === 0 ? undefined : { ...line, quantity: now.quantity };
}
