import { problemType } from './problems.ts';
import { parseRule } from './rule-parser.ts';
import { RuleFault } from './rule-tokens.ts';
import type { XState } from './state.ts';

/** A rule of the filtered stream. It cannot be changed, only deleted and added again with another id. */
export interface Rule {
  id: string;
  value: string;
  tag?: string;
  created_at: string;
}

export const RULE_CAP = 1_000;

/** What a change of the rules came to: X answers with status 2xx, whatever went wrong (X docs: filtered stream). */
export interface RulesAnswer {
  data?: Array<Pick<Rule, 'id' | 'value' | 'tag'>>;
  errors?: object[];
  meta: { sent: string; summary: Record<string, number> };
}

type Rules = Pick<XState, 'rules' | 'clock' | 'newId'>;
type NewRule = { value: string; tag?: string };

/**
 * Adds rules. A rule that is there already is left out; one that cannot be read keeps the whole request from
 * being done, and so does one more than fits.
 *
 * @param dryRun only says what would be
 */
export function addRules(state: Rules, wanted: NewRule[], dryRun: boolean): RulesAnswer {
  const faulty = wanted.flatMap(({ value }) => fault(value) ?? []);
  const { fresh, duplicates } = sortOut(state, wanted);
  const isFull = state.rules.values().length + fresh.length > RULE_CAP;
  const refused = faulty.length > 0 || isFull;
  const created_at = state.clock.now().toISOString();
  const made = refused
    ? []
    : fresh.map((rule) => keep(state, { id: state.newId(), ...rule, created_at }, dryRun));
  const errors = [...faulty, ...(isFull ? [capProblem(state)] : []), ...duplicates];
  const valid = isFull ? 0 : fresh.filter(({ value }) => !fault(value)).length;
  return {
    ...(made.length > 0 && { data: made.map(shown) }),
    ...(errors.length > 0 && { errors }),
    meta: {
      sent: created_at,
      summary: {
        created: made.length,
        not_created: wanted.length - made.length,
        valid,
        invalid: wanted.length - valid,
      },
    },
  };
}

/** Deletes the rules with these ids or values. Those that are not there are named in `errors`. */
export function deleteRules(
  state: Rules,
  wanted: { ids?: string[]; values?: string[] },
  dryRun: boolean,
): RulesAnswer {
  const all = state.rules.values();
  const found = [
    ...(wanted.ids ?? []).map((id) => state.rules.get(id)),
    ...(wanted.values ?? []).map((value) => all.find((rule) => rule.value === value)),
  ];
  const gone = new Set(found.filter((rule) => rule !== undefined));
  if (!dryRun) for (const { id } of gone) state.rules.delete(id);
  const missing = found.filter((rule) => rule === undefined).length;
  return {
    ...(missing > 0 && { errors: found.flatMap((rule) => (rule ? [] : [notThere])) }),
    meta: { sent: state.clock.now().toISOString(), summary: { deleted: gone.size, not_deleted: missing } },
  };
}

/** A rule as the API shows it. */
export const shown = ({ id, value, tag }: Rule): Pick<Rule, 'id' | 'value' | 'tag'> =>
  tag === undefined ? { id, value } : { id, value, tag };

function sortOut(state: Rules, wanted: NewRule[]): { fresh: NewRule[]; duplicates: object[] } {
  const idOf = new Map<string, string | undefined>(state.rules.values().map(({ value, id }) => [value, id]));
  const fresh: NewRule[] = [];
  const duplicates: object[] = [];
  for (const rule of wanted) {
    const value = rule.value.trim();
    const type = 'https://api.twitter.com/2/problems/duplicate-rules';
    if (idOf.has(value)) duplicates.push({ value, id: idOf.get(value), title: 'DuplicateRule', type });
    else fresh.push({ ...rule, value });
    if (!idOf.has(value)) idOf.set(value, undefined); // the same value again in this request has no id yet
  }
  return { fresh, duplicates };
}

function keep(state: Rules, rule: Rule, dryRun: boolean): Rule {
  if (!dryRun) state.rules.set(rule.id, rule);
  return rule;
}

function fault(value: string): object | undefined {
  try {
    parseRule(value, 'stream');
    return undefined;
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    const type = 'https://api.twitter.com/2/problems/invalid-rules';
    return { value, details: [error.message], title: 'UnprocessableEntity', type };
  }
}

const capProblem = (state: Rules): object => ({
  title: 'RulesCapExceeded',
  detail: `Rules cap exceeded: your client has ${state.rules.values().length} of ${RULE_CAP} rules.`,
  type: 'https://api.twitter.com/2/problems/rule-cap',
});

const notThere = {
  errors: [{ message: 'Rule does not exist', parameters: {} }],
  title: 'Invalid Request',
  detail: 'One or more parameters to your request was invalid.',
  type: problemType('invalid-request'),
};
