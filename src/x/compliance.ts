import { z } from 'zod';
import type { XClient } from './client.ts';
import { XError } from './errors.ts';

/** What a list of ids names, in X's words: posts or accounts. */
export type ComplianceType = 'tweets' | 'users';

const STORE_TIMEOUT_MS = 120_000;

const job = z.object({
  data: z.object({
    id: z.string().regex(/^\d{1,19}$/),
    status: z.enum(['created', 'in_progress', 'complete', 'failed', 'expired']),
    upload_url: z.url({ protocol: /^https?$/ }),
    download_url: z.url({ protocol: /^https?$/ }),
  }),
});
export type ComplianceJob = z.infer<typeof job>['data'];

const event = z.object({ id: z.string().regex(/^\d{1,19}$/), action: z.string() });

/** Begins a job (X docs: batch compliance). The addresses of its ids and results hold secrets, and no token opens them. @throws XError */
export async function createComplianceJob(x: XClient, type: ComplianceType): Promise<ComplianceJob> {
  return job.parse(await x.post('compliance/jobs', { type })).data;
}

/** How far a job is. @throws XError */
export async function complianceJob(x: XClient, id: string): Promise<ComplianceJob> {
  return job.parse(await x.get(`compliance/jobs/${id}`)).data;
}

/** Gives a job its ids, all at once. @throws XError */
export async function uploadIds(url: string, ids: string[]): Promise<void> {
  await atStore(url, {
    method: 'PUT',
    headers: { 'content-type': 'text/plain' },
    body: `${ids.join('\n')}\n`,
  });
}

/** The ids that have to be redacted: what they name is deleted, hidden or suspended. @throws XError */
export async function idsToRedact(url: string): Promise<string[]> {
  const results = await (await atStore(url, {})).text();
  return results.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const { id, action } = event.parse(JSON.parse(line));
    return action === 'delete' ? [id] : [];
  });
}

async function atStore(url: string, init: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(STORE_TIMEOUT_MS);
  const response = await fetch(url, { ...init, signal, redirect: 'error' }).catch((cause) => {
    throw new XError('unavailable', 'the store of X’s compliance jobs cannot be reached', { cause });
  });
  if (response.ok) return response;
  throw new XError('unavailable', `the store of X’s compliance jobs answered ${response.status}`);
}
