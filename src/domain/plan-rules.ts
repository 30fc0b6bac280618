import {
  anyOf,
  lengthOf,
  MOST_RULES,
  pack,
  packParts,
  type RuleParts,
  readRule,
  roomFor,
  tagsOfHead,
  writeRule,
} from './filter-rules.ts';

/** A rule as X has it. Others' rules in the same project take room, and are not ours to touch. */
export interface PresentRule {
  id: string;
  value: string;
  ours: boolean;
}

/** Rules to add, or the ids of rules to delete. */
export type Step = { add: string[] } | { delete: string[] };

export interface Plan {
  /** In this order, as little as possible goes undelivered meanwhile. */
  steps: Step[];
  /** Our rules afterwards. */
  rules: string[];
  /** Rules for which there is no room. */
  left_out: string[];
}

interface OwnRule extends RuleParts {
  id?: string;
}

/**
 * How to bring X's rules in step with what is wanted, touching few of them: a rule stays as long as all of it is
 * wanted; what else is wanted goes into new rules, or into the free room of one that stays. Only when there would be
 * too many rules are all of them packed anew.
 *
 * @param most how many rules there may be, others' included
 */
export function planRules(wanted: RuleParts[], present: PresentRule[], most = MOST_RULES): Plan {
  const ours: OwnRule[] = [];
  const unreadable: string[] = [];
  for (const { id, value } of present.filter((rule) => rule.ours)) {
    const parts = readRule(value);
    if (parts) ours.push({ id, ...parts });
    else unreadable.push(id);
  }
  const room = most - (present.length - ours.length - unreadable.length);
  const stable = wanted.flatMap((parts) => fill(parts, ours));
  const rules = stable.length <= room ? stable : reuse(packParts(wanted), ours);
  // Rules for accounts come before rules for single conversations.
  const ranked = rules.length <= room ? rules : [...rules].sort((a, b) => rank(a) - rank(b));
  const kept = ranked.slice(0, Math.max(0, room));
  const staying = new Set(kept.map((rule) => rule.id));
  const gone = ours.filter(({ id }) => !staying.has(id));
  return {
    steps: inOrder(kept, gone, unreadable, most - present.length),
    rules: kept.map(writeRule),
    left_out: ranked.slice(kept.length).map(writeRule),
  };
}

const rank = ({ targets }: RuleParts): number => (targets.some((target) => target.startsWith('to:')) ? 0 : 1);

/** The rules for one head: present ones that are wanted as they are, and new ones, which have no id. */
function fill({ head, targets }: RuleParts, ours: OwnRule[]): OwnRule[] {
  const open = new Set(targets);
  const staying: OwnRule[] = [];
  for (const rule of ours) {
    if (rule.head !== head || !rule.targets.every((target) => open.has(target))) continue;
    for (const target of rule.targets) open.delete(target);
    staying.push(rule);
  }
  const groups = pack([...open], roomFor(head));
  const last = groups.at(-1);
  if (last) {
    const free = (rule: OwnRule): number => roomFor(head) - lengthOf(anyOf([...rule.targets, ...last]));
    const roomiest = staying.reduce<OwnRule | undefined>(
      (best, rule) => (best && free(best) >= free(rule) ? best : rule),
      undefined,
    );
    if (roomiest && free(roomiest) >= 0) {
      staying.splice(staying.indexOf(roomiest), 1);
      groups.splice(-1, 1, [...roomiest.targets, ...last]);
    }
  }
  return [...staying, ...groups.map((some) => ({ head, targets: some }))];
}

/** Newly packed rules; those that X has already keep their ids. */
function reuse(packed: RuleParts[], ours: OwnRule[]): OwnRule[] {
  const byValue = new Map(ours.map((rule) => [writeRule(rule), rule]));
  return packed.map((parts) => byValue.get(writeRule(parts)) ?? parts);
}

/** So many requests a change may take: X takes 100 in 15 minutes (X docs: filtered stream). */
const ROUNDS = 20;

/**
 * Adds before it deletes, where there is room. Where there is not, it goes in rounds: what nobody wants goes first;
 * then each round deletes, ahead of time, only as much as it must, and preferably what it is about to replace.
 */
function inOrder(rules: OwnRule[], gone: OwnRule[], unreadable: string[], free: number): Step[] {
  const adds = rules.filter(({ id }) => id === undefined);
  const staying = rules.filter(({ id }) => id !== undefined);
  if (adds.length <= free)
    return steps([{ add: adds.map(writeRule) }, { delete: [...unreadable, ...idsOf(gone)] }]);

  const wanted = new Set(rules.flatMap(pairsOf));
  const covered = new Set(staying.flatMap(pairsOf));
  const isCovered = (rule: OwnRule): boolean =>
    pairsOf(rule).every((pair) => covered.has(pair) || !wanted.has(pair));
  let rest = gone.filter((rule) => !isCovered(rule));
  const needless = [...unreadable, ...idsOf(gone.filter(isCovered))];
  const order: Step[] = [{ delete: needless }];
  let room = free + needless.length;
  const size = Math.max(room, Math.ceil(adds.length / ROUNDS));
  for (let start = 0; start < adds.length; start += size) {
    const round = adds.slice(start, start + size);
    for (const pair of round.flatMap(pairsOf)) covered.add(pair);
    rest = [...rest.filter(isCovered), ...rest.filter((rule) => !isCovered(rule))];
    const ahead = rest.splice(0, Math.max(0, round.length - room));
    const replaced = rest.filter(isCovered);
    rest = rest.filter((rule) => !replaced.includes(rule));
    order.push({ delete: idsOf(ahead) }, { add: round.map(writeRule) }, { delete: idsOf(replaced) });
    room += ahead.length + replaced.length - round.length;
  }
  return steps([...order, { delete: idsOf(rest) }]);
}

const steps = (all: Step[]): Step[] =>
  all.filter((step) => Object.values(step).some((list) => list.length > 0));

const idsOf = (rules: OwnRule[]): string[] => rules.flatMap(({ id }) => id ?? []);

/** Each tag with each target: what a rule has delivered. */
const pairsOf = ({ head, targets }: RuleParts): string[] =>
  tagsOfHead(head).flatMap((tag) => targets.map((target) => `${tag} ${target}`));
