import { onStream } from './candidates.ts';
import { deliveryOf } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { Wanted } from './fields.ts';
import { includesOf } from './includes.ts';
import { postPayload } from './post-payload.ts';
import { isVisible, type Post } from './posts.ts';
import { noRules, tooManyConnections } from './problems.ts';
import { type Expression, matches } from './rule-matching.ts';
import { parseRule } from './rule-parser.ts';
import type { Rule } from './rules.ts';
import type { XState } from './state.ts';
import { type Connection, openConnection } from './stream-connection.ts';

export const STREAM_PATH = '/2/tweets/search/stream';

/** The filtered stream of one app. */
export interface Stream {
  /** @throws Refusal where there are no rules, or another connection has the only place */
  connect(wanted: Wanted, breakOff: () => void): Connection;
  /** Sends a new post to who is connected, if a rule asks for it. */
  publish(post: Post): void;
  connection(): Connection | undefined;
  counts(): { delivered: number; dropped: number };
  /** Sends what a fault holds back. */
  release(): void;
}

export interface StreamOptions {
  heartbeatMs: number;
  bufferBytes: number;
  /** How long a new rule takes until it matches. */
  rulesTakeEffectMs: number;
}

export function openStream(state: XState, faults: Faults, options: StreamOptions): Stream {
  const read = new WeakMap<Rule, Expression>();
  const counts = { delivered: 0, dropped: 0 };
  let open: { connection: Connection; wanted: Wanted } | undefined;
  let heldBack: { posts: Array<() => void>; until: number } | undefined;

  const inEffect = (rule: Rule): boolean =>
    Date.parse(rule.created_at) + options.rulesTakeEffectMs <= state.clock.now().getTime();
  const expressionOf = (rule: Rule): Expression => {
    const expression = read.get(rule) ?? parseRule(rule.value, 'stream');
    read.set(rule, expression);
    return expression;
  };
  const matching = (post: Post): Rule[] => {
    const candidate = onStream(state, post);
    return state.rules.values().filter((rule) => inEffect(rule) && matches(expressionOf(rule), candidate));
  };
  const release = (): void => {
    const posts = heldBack?.posts.reverse() ?? [];
    heldBack = undefined;
    for (const send of posts) send();
  };
  const deliver = (message: object): void => {
    const copies = faults.take('duplicate')?.copies ?? 1;
    for (let n = 0; n < copies; n += 1) open?.connection.send(() => deliveryOf(message, faults));
    counts.delivered += 1;
  };

  return {
    connect(wanted, breakOff) {
      if (state.rules.values().length === 0) throw noRules();
      if (open) throw tooManyConnections();
      const connection = openConnection({
        ...options,
        now: state.clock.now(),
        breakOff,
        onEnd() {
          if (open?.connection === connection) open = undefined;
        },
      });
      open = { connection, wanted };
      return connection;
    },
    publish(post) {
      const rules = open && isVisible(state, post) ? matching(post) : [];
      if (!open || rules.length === 0) return;
      if (faults.take('drop')) {
        counts.dropped += 1;
        return;
      }
      const message = {
        data: postPayload(state, post, open.wanted.post),
        ...includesOf(state, [post], open.wanted),
        matching_rules: rules.map(({ id, tag }) => (tag === undefined ? { id } : { id, tag })),
      };
      heldBack ??= holdBack(faults);
      if (!heldBack) return deliver(message);
      heldBack.posts.push(() => deliver(message));
      if (heldBack.posts.length === heldBack.until) release();
    },
    connection: () => open?.connection,
    counts: () => counts,
    release,
  };
}

function holdBack(faults: Faults): { posts: Array<() => void>; until: number } | undefined {
  const due = faults.list().find(({ kind }) => kind === 'shuffle');
  if (!due) return undefined;
  const until = due.times;
  for (let n = 0; n < until; n += 1) faults.take('shuffle');
  return { posts: [], until };
}
