import type { Detail, OutcomeKind, OutcomeReason } from '../../src/domain/outcome.ts';
import { en } from '../../src/views/texts/en.ts';
import type { Told } from '../../src/views/texts.ts';

/** Stands in a text for something that is put into it. */
const mark = (name: string | number): string => `‹${name}›`;
const [one, many] = [1, 707];

const line = { sku: 'S', quantity: many, choice: [mark('choice')] };
/** A limit is always there where one is told of. */
const limit = many;
const details: Detail[] = [
  { limit },
  { limit, lines: [line], missing: [mark('missing')] },
  { limit, lines: [line], waitlist: [line], moved_up: true },
  { limit, lines: [line], wanted: 909, kept: true },
  { limit, waitlist: [line] },
  { donation: { currency: 'EUR', minimum: 70_100, maximum: 70_200, amount: 70_300 } },
  { donation: { currency: 'EUR', minimum: 70_100, maximum: 70_200 } },
];
const outcomes = {
  added: true,
  set: true,
  removed: true,
  unchanged: true,
  waitlisted: true,
  held: true,
  bought: true,
  asked: true,
  refused: true,
  helped: true,
  ignored: true,
  failed: true,
} satisfies Record<OutcomeKind, true>;
const reasons = {
  already_in_cart: true,
  not_in_cart: true,
  seen_before: true,
  which_product: true,
  unknown_option: true,
  conflicting_option: true,
  missing_option: true,
  conflicting_quantity: true,
  conflicting_tags: true,
  over_limit: true,
  invalid_quantity: true,
  paused: true,
  not_started: true,
  ended: true,
  sold_out: true,
  quota: true,
  no_trigger: true,
  retweet: true,
  bot_self: true,
  quote: true,
  not_a_reply: true,
  opted_out: true,
  not_a_product: true,
  merchant_self: true,
  negated: true,
  missing_amount: true,
  unclear_amount: true,
  other_currency: true,
  amount_bounds: true,
} satisfies Record<OutcomeReason, true>;

const told = (outcome: OutcomeKind, reason: OutcomeReason | null): Told[] =>
  details.map((detail) => ({
    outcome,
    reason,
    detail,
    title: mark('title'),
    among: [mark('this'), mark('that')],
  }));
const foundBy: Array<Detail['found_by']> = [
  undefined,
  'parent',
  'ancestor',
  'quoted',
  'conversation_root',
  'conversation',
];

/** What those functions are called with that take more than words and numbers. By their paths. */
const CALLS: Array<[RegExp, unknown[][]]> = [
  [
    /^outcome$/,
    [
      ...(Object.keys(outcomes) as OutcomeKind[]).flatMap((outcome) => told(outcome, null)),
      ...(Object.keys(reasons) as OutcomeReason[]).flatMap((reason) => told('refused', reason)),
    ].map((each) => [each]),
  ],
  [
    /^why$/,
    [
      [{}],
      ...foundBy.map((found_by) => [{ tag: mark('tag'), found_by }]),
      [{ tag: mark('tag'), quantity: many, moved_up: true }],
    ],
  ],
  [/^ways\.(left\.(rest|wait)Note)$/, [[[mark(0), mark(1)]]]],
  [
    /^ways\.mail\.also$/,
    [
      [mark(0), [mark(1)]],
      [mark(0), [mark(1), mark(2)]],
    ],
  ],
  [
    /^ways\.only\.title$/,
    [
      [2, mark(1)],
      [many, mark(1)],
    ],
  ],
  [/^ways\.only\.all$/, [[2], [many]]],
  [
    /^ways\.timeLeft$/,
    [
      [701, 702],
      [0, 702],
      [5, 0],
      [5, 7],
    ],
  ],
  [
    /^mail\.refund\.text$/,
    [
      [mark(0), true],
      [mark(0), false],
    ],
  ],
  [
    /^mail\.shipped\.text$/,
    [
      [mark(0), mark(1), mark(2)],
      [mark(0), null, null],
    ],
  ],
  [
    /^merchantSignIn\.says$/,
    ['hint', 'link', 'none'].flatMap((a) => ['none', 'problems', 'all'].map((b) => [a, b])),
  ],
  [
    /^after\.cancel\.until$/,
    [
      [mark(0), [mark(1), mark(2)]],
      [mark(0), []],
    ],
  ],
  [/^delivery\.order\.uses$/, [[[mark(0), mark(1)]]]],
  [
    /^mailControl\.cart\.agree$/,
    [[null], [{ from: 701, to: 702, own: false }], [{ from: 701, to: 702, own: true }]],
  ],
  [
    /^mailControl\.reminder\.subject(Hold)?$/,
    [
      [mark(0), mark(1)],
      [null, mark(1)],
    ],
  ],
  [/^mail\.(greeting|why)$/, [[mark(0)], [null]]],
  [/^(me\.signedIn|email\.lead)$/, [[mark(0)], [null]]],
  [
    /^(account\.(anotherLead|held\.accountText)|mailControl\.refusedLead)$/,
    [
      [mark(0), mark(1)],
      [null, mark(1)],
    ],
  ],
  [
    /^mail\.order\.shopper$/,
    [
      [mark(0), mark(1)],
      [null, null],
    ],
  ],
  [/^mail\.refund\.items$/, [[[mark(0), mark(1)]]]],
  [/^mail\.post\.findings\./, [[[mark(0), mark(1)], [mark(2)]]]],
  [
    /^merchant\.shippingText$/,
    [
      [mark(0), mark(1), mark(2)],
      [mark(0), null, mark(2)],
    ],
  ],
  [/^privacy\.text$/, [[{ held: 701, text: 702, link: 703 }]]],
];

/** All that texts say, by where it stands: "cart.left(707)". Functions are called, with one and with many. */
export function sayings(texts: unknown, path = ''): Map<string, string> {
  if (typeof texts === 'string') return new Map([[path, texts]]);
  const inside = (of: unknown, at: string) => [...sayings(of, at)];
  if (typeof texts === 'function') {
    const given = (value: (n: number) => unknown) => [...Array(texts.length).keys()].map(value);
    const calls = CALLS.find(([known]) => known.test(path))?.[1] ?? [
      given(mark),
      given(() => 0),
      given(() => one),
      given(() => many),
    ];
    return new Map(calls.flatMap((call, n) => inside(texts(...call), `${path}(call ${n})`)));
  }
  return new Map(
    Object.entries(texts as object).flatMap(([key, value]) => inside(value, path ? `${path}.${key}` : key)),
  );
}

/** Runs of more than three English words that no text of another language may hold. */
export const englishPhrases: string[] = [
  ...new Set(
    [...sayings(en).values()].flatMap((text) =>
      text
        .split(/‹[^›]*›|[\d.!?:;,()“”]+/)
        .map((phrase) => phrase.trim())
        .filter((phrase) => phrase.split(/\s+/).length > 3),
    ),
  ),
];

/** The values that were put into a text, in order: two languages may put them in different places. */
export const putInto = (text: string): string[] => (text.match(/‹[^›]*›|\b(?:70\d|909)\b/g) ?? []).sort();
