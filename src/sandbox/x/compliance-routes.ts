import { Hono } from 'hono';
import { z } from 'zod';
import { type Env, guard } from './guard.ts';
import { authorOf } from './posts.ts';
import { invalidRequest, notFound } from './problems.ts';
import { QUARTER_HOUR_MS } from './rate-limits.ts';
import { readBody, readQuery } from './request-input.ts';
import type { StandIn } from './stand-in.ts';

const TYPES = ['tweets', 'users'] as const;

/** A list of ids that somebody wants checked. */
export interface ComplianceJob {
  id: string;
  type: (typeof TYPES)[number];
  name?: string;
  created_at: string;
  /** Undefined until they are uploaded. */
  ids?: string[];
}

const newJob = z.strictObject({
  type: z.enum(TYPES),
  name: z.string().max(64).optional(),
  resumable: z.literal(false).optional(),
});
const UPLOAD_MS = QUARTER_HOUR_MS;
const DOWNLOAD_MS = 7 * 24 * 3_600_000;

/**
 * Batch compliance: a list of ids is uploaded, and those come back whose posts or accounts are gone or hidden (X docs:
 * batch compliance). A job is done as soon as its ids are there.
 */
export function complianceRoutes(x: StandIn): Hono<Env> {
  const { state } = x;
  const routes = new Hono<Env>();
  const access = { app: [{ requests: 150 }] };
  const at = (job: ComplianceJob, ms: number): string =>
    new Date(Date.parse(job.created_at) + ms).toISOString();
  const answer = ({ ids, ...job }: ComplianceJob, origin: string) => ({
    ...job,
    status: ids ? 'complete' : state.clock.now() > new Date(at(job, UPLOAD_MS)) ? 'expired' : 'created',
    resumable: false,
    upload_url: `${origin}/compliance/${job.id}/ids`,
    upload_expires_at: at(job, UPLOAD_MS),
    download_url: `${origin}/compliance/${job.id}/results`,
    download_expires_at: at(job, DOWNLOAD_MS),
  });

  routes.post('/2/compliance/jobs', guard(x, 'POST /2/compliance/jobs', access), async (c) => {
    readQuery(c, {});
    const { type, name } = await readBody(c, newJob);
    const job: ComplianceJob = {
      id: state.newId(),
      type,
      ...(name === undefined ? {} : { name }),
      created_at: state.clock.now().toISOString(),
    };
    state.compliance.set(job.id, job);
    return c.json({ data: answer(job, new URL(c.req.url).origin) });
  });
  routes.get('/2/compliance/jobs/:id', guard(x, 'GET /2/compliance/jobs/:id', access), (c) => {
    readQuery(c, {});
    const job = state.compliance.get(c.req.param('id'));
    if (!job) throw notFound();
    return c.json({ data: answer(job, new URL(c.req.url).origin) });
  });

  // Where the two addresses of a job lead: to a store that knows nobody's tokens.
  routes.put('/compliance/:id/ids', async (c) => {
    const job = state.compliance.get(c.req.param('id'));
    if (!job || job.ids || state.clock.now() > new Date(at(job, UPLOAD_MS))) throw notFound();
    if (c.req.header('content-type') !== 'text/plain')
      throw invalidRequest('The ids are sent as text/plain, one a line');
    const ids = (await c.req.text()).split('\n').filter((line) => line !== '');
    if (ids.some((id) => !/^\d{1,19}$/.test(id))) throw invalidRequest('Each line is an id');
    state.compliance.set(job.id, { ...job, ids });
    return c.body(null, 200);
  });
  routes.get('/compliance/:id/results', (c) => {
    const job = state.compliance.get(c.req.param('id'));
    if (!job?.ids) throw notFound();
    const lines = [...new Set(job.ids)].flatMap((id) => {
      const gone = job.type === 'users' ? accountGone(x, id) : postGone(x, id);
      const redacted_at = gone?.at ?? state.clock.now().toISOString();
      return gone
        ? [JSON.stringify({ id, action: 'delete', ...gone.more, redacted_at, reason: gone.reason })]
        : [];
    });
    return c.text(lines.map((line) => `${line}\n`).join(''));
  });
  return routes;
}

interface Gone {
  reason: 'deleted' | 'protected' | 'suspended';
  at?: string;
  more?: { created_at: string };
}

function accountGone({ state }: StandIn, id: string): Gone | undefined {
  const user = state.users.get(id);
  if (user?.suspended) return { reason: 'suspended' };
  return user?.protected ? { reason: 'protected' } : undefined;
}

/** Ids without an event are left out: also those that X has never known. */
function postGone(x: StandIn, id: string): Gone | undefined {
  const post = x.state.posts.get(id);
  if (!post) return undefined;
  const more = { created_at: post.created_at };
  if (post.deleted_at !== null) return { reason: 'deleted', at: post.deleted_at, more };
  const account = accountGone(x, authorOf(x.state, post).id);
  return account && { ...account, more };
}
