import { z } from 'zod';
import { MOST_RULES } from '../domain/filter-rules.ts';
import type { XClient } from './client.ts';
import { XError } from './errors.ts';

/** The tag of every rule that we made: others' rules in the same project are not ours to touch. */
export const RULE_TAG = 'replycart';
const RULES_PATH = 'tweets/search/stream/rules';
const BATCH = 100;

const rule = z.object({ id: z.string(), value: z.string(), tag: z.string().nullish() });
type Rule = z.infer<typeof rule>;
const listing = z.object({
  data: z.array(rule).nullish(),
  meta: z.looseObject({ next_token: z.string().nullish() }).nullish(),
});
const problem = z.looseObject({
  title: z.string().nullish(),
  type: z.string().nullish(),
  value: z.string().nullish(),
  detail: z.string().nullish(),
  details: z.array(z.string()).nullish(),
});
/** X answers 2xx even when it takes no rule at all: the body says what became of them. */
const answer = z.object({
  errors: z.array(problem).nullish(),
  meta: z
    .looseObject({
      summary: z
        .looseObject({ not_created: z.number().nullish(), not_deleted: z.number().nullish() })
        .nullish(),
    })
    .nullish(),
});

/** All rules of the project, ours and others'. @throws XError */
export async function listRules(x: XClient): Promise<Rule[]> {
  const rules: Rule[] = [];
  let pagination_token: string | undefined;
  do {
    const page = listing.parse(await x.get(RULES_PATH, { max_results: 1000, pagination_token }));
    rules.push(...(page.data ?? []));
    pagination_token = page.meta?.next_token ?? undefined;
  } while (pagination_token !== undefined);
  return rules;
}

export const isOurs = (each: Pick<Rule, 'tag'>): boolean => each.tag === RULE_TAG;

/**
 * Brings X's rules in step with the wanted ones: adds what is missing, then deletes what is too much, so that
 * nothing goes undelivered meanwhile (the other way round where there is no room). Only rules with our tag are touched.
 *
 * @throws XError when X does not take a rule, or cannot be reached
 */
export async function syncRules(x: XClient, wanted: string[]): Promise<{ added: number; deleted: number }> {
  const present = await listRules(x);
  const values = new Set(present.map((each) => each.value));
  const missing = wanted.filter((value) => !values.has(value));
  const surplus = present.filter((each) => isOurs(each) && !wanted.includes(each.value));
  const noRoom = present.length + missing.length > MOST_RULES;
  if (noRoom) await deleteRules(x, surplus);
  await addRules(x, missing);
  if (!noRoom) await deleteRules(x, surplus);
  return { added: missing.length, deleted: surplus.length };
}

async function addRules(x: XClient, values: string[]): Promise<void> {
  for (let start = 0; start < values.length; start += BATCH) {
    const add = values.slice(start, start + BATCH).map((value) => ({ value, tag: RULE_TAG }));
    const { errors, meta } = answer.parse(await x.post(RULES_PATH, { add }));
    // Somebody else has the same rule: X delivers what it matches either way.
    const real = (errors ?? []).filter((each) => !each.type?.endsWith('/duplicate-rules'));
    const duplicates = (errors?.length ?? 0) - real.length;
    const refused = meta?.summary?.not_created ?? 0;
    if (real.length > 0 || refused > duplicates)
      throw new XError('invalid', `X did not take a stream rule: ${explain(real)}`);
  }
}

async function deleteRules(x: XClient, rules: Rule[]): Promise<void> {
  for (let start = 0; start < rules.length; start += BATCH) {
    const ids = rules.slice(start, start + BATCH).map((each) => each.id);
    const { errors, meta } = answer.parse(await x.post(RULES_PATH, { delete: { ids } }));
    if (errors?.length || meta?.summary?.not_deleted) {
      throw new XError('invalid', `X did not delete a stream rule: ${explain(errors ?? [])}`);
    }
  }
}

function explain(problems: Array<z.infer<typeof problem>>): string {
  const texts = problems.map((each) =>
    [each.title, ...(each.details ?? []), each.detail, each.value].filter(Boolean).join(': '),
  );
  return texts.join('; ') || 'it does not say why';
}
