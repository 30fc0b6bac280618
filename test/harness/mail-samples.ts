import type { MailContent, MailMerchant, ToldReply } from '../../src/domain/mail-content.ts';
import { POST } from './builders.ts';

/** Names as merchants, shoppers and X give them. */
export interface Names {
  merchant: string;
  title: string;
  handle: string;
}

export const plainNames: Names = { merchant: 'Acme Stoneware', title: 'Stoneware mug', handle: 'sam_shops' };

/** What breaks layouts and markup: no place to break a line, markup, writing from the right, very tall letters. */
export const hostileNames: Names = {
  merchant: `Acme<script>alert(1)</script>${'W'.repeat(70)}`,
  title: `קומקום «</td></table>» Z\u0351\u036b\u0343\u0363alg\u0489o & ${'Donaudampfschifffahrt'.repeat(6)} 🫖🫖`,
  handle: 'W'.repeat(15),
};

const told = (
  outcome: ToldReply['outcome'],
  { title }: Names,
  more: Partial<ToldReply> & Pick<ToldReply, 'detail'>,
): ToldReply => ({ post_id: POST.mug, outcome, reason: null, title, among: [], ...more });

/** A mail of every kind, and updates with all that they can hold. */
export function mailSamples(names: Names, locale = 'en-US'): Array<[string, MailContent]> {
  const merchant: MailMerchant = {
    id: 'shop',
    name: names.merchant,
    username: 'shop',
    support_email: `${'help'.repeat(10)}@${'shop'.repeat(10)}.example`,
    postal_address: '12 Kiln Lane, Portland, OR 97201, USA',
    returns_policy: `30 d, ${names.title}`,
    currency: 'USD',
    locale,
  };
  const lines = [
    { sku: 'MUG', title: names.title, kind: 'physical' as const, quantity: 12, price: 99_999_900 },
    { sku: 'EBOOK', title: `${names.title} (PDF)`, kind: 'digital' as const, quantity: 1, price: 900 },
    { sku: 'FUND', title: names.title, kind: 'donation' as const, quantity: 1, price: 2500 },
  ];
  const sums = { subtotal: 1_199_999_700, shipping: 490, tax: 0, total: 1_200_000_190 };
  const cart = { id: '7', version: 1, currency: 'USD', lines, ...sums };
  const order = {
    id: '1042',
    currency: 'USD',
    ...sums,
    tax_included: 0,
    lines,
    ship_to: {
      name: names.title,
      address: {
        line1: '7 Test Lane',
        line2: null,
        city: 'Portland',
        state: 'OR',
        postal_code: '97202',
        country: 'US',
      },
    },
    email: `${'sam'.repeat(20)}@mail.example`,
    created_at: '2026-11-22T12:00:00Z',
  };
  const line = { sku: 'MUG', quantity: 12 };
  const swap = {
    ...{ order_id: '1042', quantity: 12, from_sku: 'TEE-RED-M', to_sku: 'TEE-RED-L', by_shopper: true },
    from: `${names.title} (RED, M)`,
    to: `${names.title} (RED, L)`,
  };
  const disputed = {
    about: 'dispute' as const,
    ...{ id: 'dp_1Pgc71B7WZ01zgkWMevJiAUx', payment_id: 'pi_3Pgc71B7WZ01zgkWMevJiAUx', merchant_id: 'shop' },
    ...{ order_id: '1042', amount: 1_200_000_190, currency: 'USD', reason: 'product_not_received' },
    phase: 'open' as const,
    answer_until: '2026-12-07T12:00:00Z',
  };
  return [
    [
      'update',
      { kind: 'update', merchant, cart, replies: [told('added', names, { detail: { lines: [line] } })] },
    ],
    [
      'update-with-promises',
      {
        kind: 'update',
        merchant,
        timezone: 'America/New_York',
        cart: {
          ...cart,
          lines: (
            [
              ['promised', '2026-11-25T12:00:00Z'],
              ['lower_of', '2026-11-25T12:00:00Z'],
              ['lower_of', null],
            ] as const
          ).map(([kind, until], n) => ({
            ...lines[0],
            sku: `MUG-${n}`,
            promise: { kind, until, price: 1800 },
          })) as typeof lines,
        },
        replies: [told('added', names, { detail: { lines: [line] } })],
      },
    ],
    [
      'update-of-many',
      {
        kind: 'update',
        merchant,
        cart,
        replies: [
          told('set', names, { detail: { lines: [line], waitlist: [line], moved_up: true } }),
          told('removed', names, { detail: { lines: [line], waitlist: [line] } }),
          told('waitlisted', names, { detail: { waitlist: [line] } }),
          told('refused', names, { reason: 'over_limit', detail: { limit: 6 } }),
          told('asked', names, { reason: 'missing_option', detail: { missing: ['Größe', names.title] } }),
          told('asked', names, { reason: 'which_product', detail: {}, among: [names.title, 'Ilex'] }),
          told('asked', names, {
            reason: 'missing_amount',
            detail: { donation: { currency: 'USD', minimum: 500, maximum: 50_000 } },
            choices: [{ sku: 'FUND', label: names.title, amount: 2500 }],
          }),
        ],
      },
    ],
    [
      'update-empty',
      {
        kind: 'update',
        merchant,
        cart: null,
        replies: [told('removed', names, { detail: { lines: [line] } })],
      },
    ],
    [
      'update-of-the-platform',
      { kind: 'update', merchant: null, cart: null, replies: [told('helped', names, { detail: {} })] },
    ],
    ['code', { kind: 'code', code: '123456' }],
    ['links', { kind: 'links', carts: [{ id: '7', merchant, cart }] }],
    ['links-none', { kind: 'links', carts: [] }],
    ['receipt', { kind: 'receipt', merchant, order }],
    [
      'receipt-with-tax',
      { kind: 'receipt', merchant, order: { ...order, tax: 96_000_000, total: 1_296_000_190 } },
    ],
    ['receipt-with-tax-in-the-prices', { kind: 'receipt', merchant, order: { ...order, tax_included: 7 } }],
    [
      'delivery',
      {
        kind: 'delivery',
        merchant,
        order_id: '1042',
        downloads: [
          { id: '7', title: `${names.title} (PDF)`, left: 5, expires_at: '2026-12-22T12:00:00Z' },
          { id: '8', title: names.title, left: 1, expires_at: '2026-12-22T12:00:00Z' },
        ],
        vouchers: [
          { id: '7', title: names.title, used: false },
          { id: '8', title: names.title, used: true },
        ],
        again: false,
        timezone: 'America/Los_Angeles',
      },
    ],
    [
      'delivery-again',
      {
        kind: 'delivery',
        merchant,
        order_id: '1042',
        downloads: [],
        vouchers: [{ id: '7', title: names.title, used: false }],
        again: true,
        timezone: 'UTC',
      },
    ],
    ['shipped', { kind: 'shipped', merchant, order, carrier: 'DHL', tracking: '00340434161094042557' }],
    [
      'shipped-to-follow',
      {
        kind: 'shipped',
        merchant,
        order,
        carrier: null,
        tracking: 'https://parcels.example/00340434161094042557',
      },
    ],
    [
      'reminder',
      {
        kind: 'reminder',
        merchant,
        cart,
        step: 'day',
        held_until: '2026-11-23T12:00:00Z',
        timezone: 'America/Los_Angeles',
      },
    ],
    [
      'update-to-pay-later',
      {
        kind: 'update',
        merchant,
        cart: { ...cart, later: true, taxed: true },
        replies: [told('added', names, { detail: { lines: [line] } })],
      },
    ],
    [
      'reminder-hold',
      { kind: 'reminder', merchant, cart, step: 'hold', held_until: '2026-11-23T12:00:00Z', timezone: 'UTC' },
    ],
    ...([null, 'over_order', 'sensitive'] as const).map((doubt): [string, MailContent] => [
      `buying-${doubt}`,
      {
        kind: 'buying',
        merchant,
        ...{ post_id: POST.mug, cart_id: '7', currency: 'USD', lines, totals: sums, doubt },
        card: 'Visa •••• 4242',
        ship_to: order.ship_to,
      },
    ]),
    ...(['authentication', 'declined', 'unavailable'] as const).map((why): [string, MailContent] => [
      `unbought-${why}`,
      { kind: 'unbought', merchant, cart_id: '7', titles: lines.map(({ title }) => title), why },
    ]),
    [
      'update-invited',
      {
        kind: 'update',
        merchant,
        cart,
        replies: [told('added', names, { detail: { lines: [line], action: 'buy' } })],
      },
    ],
    ['order', { kind: 'order', merchant, order, shopper: names.handle }],
    [
      'refund',
      {
        kind: 'refund',
        merchant,
        amount: 1_200_000_190,
        currency: 'USD',
        reason: 'sold_out',
        whole: true,
        titles: lines.map(({ title }) => title),
      },
    ],
    [
      'receipt-to-cancel',
      {
        kind: 'receipt',
        merchant,
        order,
        cancel_until: '2026-11-23T12:00:00Z',
        timezone: 'America/Los_Angeles',
      },
    ],
    ['cancelled', { kind: 'cancelled', merchant, order, by_shopper: true }],
    [
      'cancelled-codes',
      {
        kind: 'cancelled',
        merchant,
        order: { ...order, lines: lines.map((line) => ({ ...line, kind: 'service' as const })) },
        by_shopper: false,
      },
    ],
    ...(['unfinished', 'gone'] as const).map((standing): [string, MailContent] => [
      `account-stopped-${standing}`,
      { kind: 'account_stopped', merchant, standing, written_at: '2026-11-22T12:00:00Z' },
    ]),
    ['swapped', { kind: 'swapped', merchant, swap }],
    ['order-swapped', { kind: 'order_swapped', merchant, swap }],
    ['payment-failed', { kind: 'payment_failed', merchant, cart }],
    ['dispute', { kind: 'dispute', merchant, ...disputed }],
    ['dispute-for-the-operator', { kind: 'operator', ...disputed, about: 'fraud_warning' }],
    ['unregistered', { kind: 'unregistered', merchant, post_id: POST.mug, replies: 3 }],
    [
      'post',
      {
        kind: 'post_changed',
        merchant,
        post_id: POST.mug,
        findings: ['missing', 'foreign', 'changed', 'no_tag', 'price'],
        text: names.title,
        prices: [1800, 2400],
        tags: ['#AddToCart', '#AlCarrito'],
      },
    ],
  ];
}
