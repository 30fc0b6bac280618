import { Hono } from 'hono';
import { z } from 'zod';
import { type Env, guard } from './guard.ts';
import { invalidRequest } from './problems.ts';
import { idList, integer, readBody, readQuery } from './request-input.ts';
import { addRules, deleteRules, RULE_CAP, shown } from './rules.ts';
import type { StandIn } from './stand-in.ts';

const RULES = '/2/tweets/search/stream/rules';
const CLIENT_APP_ID = '10000000';

const flag = z.enum(['true', 'false'], 'is not one of [true,false]').optional();

const change = z.strictObject({
  add: z
    .array(z.strictObject({ value: z.string(), tag: z.string().optional() }))
    .min(1)
    .optional(),
  delete: z
    .strictObject({
      ids: z.array(z.string().regex(/^[0-9]{1,19}$/)).optional(),
      values: z.array(z.string()).optional(),
    })
    .optional(),
});

/** The rules of the filtered stream (X docs: filtered stream). */
export function ruleRoutes(x: StandIn): Hono<Env> {
  const routes = new Hono<Env>();
  const { state } = x;

  routes.get(RULES, guard(x, `GET ${RULES}`, { app: [{ requests: 450 }] }), (c) => {
    const query = readQuery(c, {
      ids: idList(RULE_CAP).optional(),
      max_results: integer('max_results', 1, RULE_CAP).optional(),
      pagination_token: z
        .string()
        .regex(/^[0-9a-v]{16}$/, 'is not a valid token')
        .optional(),
    });
    const all = state.rules.values().filter(({ id }) => !query.ids || query.ids.includes(id));
    const start = query.pagination_token ? Number.parseInt(query.pagination_token, 32) : 0;
    const end = start + (query.max_results ?? RULE_CAP);
    const data = all.slice(start, end).map(shown);
    return c.json({
      ...(data.length > 0 && { data }),
      meta: {
        sent: state.clock.now().toISOString(),
        result_count: data.length,
        ...(end < all.length && { next_token: end.toString(32).padStart(16, '0') }),
      },
    });
  });

  routes.post(RULES, guard(x, `POST ${RULES}`, { app: [{ requests: 100 }] }), async (c) => {
    const query = readQuery(c, { dry_run: flag, delete_all: flag });
    const body = await readBody(c, change);
    const dryRun = query.dry_run === 'true';
    if (query.delete_all === 'true') {
      if (body.add || body.delete) throw invalidRequest('delete_all takes an empty body');
      return c.json(deleteRules(state, { ids: state.rules.values().map(({ id }) => id) }, dryRun));
    }
    if ((body.add === undefined) === (body.delete === undefined))
      throw invalidRequest('A request must contain either add or delete');
    if (body.delete) return c.json(deleteRules(state, body.delete, dryRun));
    const answer = addRules(state, body.add ?? [], dryRun);
    return c.json(answer, answer.data ? 201 : 200);
  });

  routes.get(`${RULES}/counts`, guard(x, `GET ${RULES}/counts`, { app: [] }), (c) => {
    readQuery(c, { 'rules_count.fields': z.string().optional() });
    const count = { client_app_id: CLIENT_APP_ID, rule_count: state.rules.values().length };
    return c.json({
      data: {
        all_project_client_apps: [count],
        cap_per_client_app: String(RULE_CAP),
        cap_per_project: String(RULE_CAP),
        client_app_rules_count: count,
        project_rules_count: String(count.rule_count),
      },
    });
  });

  return routes;
}
