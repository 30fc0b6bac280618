import { z } from 'zod';
import { inBatches } from '../domain/batches.ts';
import type { Catalog } from '../domain/catalog.ts';
import { planCatalogRules } from '../domain/catalog-rules.ts';
import { asWritten } from '../domain/filter-rules.ts';
import type { Plan, PresentRule, Step } from '../domain/plan-rules.ts';
import type { XClient } from './client.ts';
import { XError } from './errors.ts';

/** The tag of every rule that we made: others' rules in the same project are not ours to touch. */
const RULE_TAG = 'replycart';
const RULES_PATH = 'tweets/search/stream/rules';
const BATCH = 100;

const rule = z.object({ id: z.string(), value: z.string(), tag: z.string().nullish() });
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
export async function listRules(x: XClient): Promise<PresentRule[]> {
  const rules: PresentRule[] = [];
  let pagination_token: string | undefined;
  do {
    const page = listing.parse(await x.get(RULES_PATH, { max_results: 1000, pagination_token }));
    for (const { id, value, tag } of page.data ?? []) rules.push({ id, value, ours: tag === RULE_TAG });
    pagination_token = page.meta?.next_token ?? undefined;
  } while (pagination_token !== undefined);
  return rules;
}

type Synced = { added: number; deleted: number } & Omit<Plan, 'steps'>;

/**
 * Brings X's rules in step with the catalog. Only rules with our tag are touched, and as few of them as possible. That X
 * takes every spelling of a tag is not documented: where it refuses a rule, the tags alone have to do.
 *
 * @throws XError when X does not take a rule, or cannot be reached
 */
export async function syncRules(x: XClient, catalog: Catalog): Promise<Synced> {
  try {
    return await carryOut(x, planCatalogRules(catalog, await listRules(x)));
  } catch (error) {
    if (!(error instanceof XError) || error.kind !== 'invalid') throw error;
    return carryOut(x, planCatalogRules(catalog, await listRules(x), asWritten));
  }
}

async function carryOut(x: XClient, { steps, ...plan }: Plan): Promise<Synced> {
  return { ...(await changeRules(x, steps)), ...plan };
}

/** Adds and deletes rules, in this order. @throws XError when X does not take one, or cannot be reached */
export async function changeRules(x: XClient, steps: Step[]): Promise<{ added: number; deleted: number }> {
  const done = { added: 0, deleted: 0 };
  for (const step of steps) {
    if ('add' in step) {
      await addRules(x, step.add);
      done.added += step.add.length;
    } else {
      await deleteRules(x, step.delete);
      done.deleted += step.delete.length;
    }
  }
  return done;
}

async function addRules(x: XClient, values: string[]): Promise<void> {
  for (const some of inBatches(values, BATCH)) {
    const add = some.map((value) => ({ value, tag: RULE_TAG }));
    const { errors, meta } = answer.parse(await x.post(RULES_PATH, { add }));
    // Somebody else has the same rule: X delivers what it matches either way.
    const real = (errors ?? []).filter((each) => !each.type?.endsWith('/duplicate-rules'));
    const duplicates = (errors?.length ?? 0) - real.length;
    const refused = meta?.summary?.not_created ?? 0;
    if (real.length > 0 || refused > duplicates)
      throw new XError('invalid', `X did not take a stream rule: ${explain(real)}`);
  }
}

async function deleteRules(x: XClient, all: string[]): Promise<void> {
  for (const ids of inBatches(all, BATCH)) {
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
