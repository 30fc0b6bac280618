import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend, Machine } from '../measure/machine.ts';
import { type Figures, measure } from '../measure/measure.ts';
import { percentile } from '../measure/statistics.ts';
import type { Options } from '../options.ts';
import { oursWithMail, runProduct } from '../product/run-product.ts';
import { inShort } from '../report/in-short.ts';
import { type MailServer, startMailServer } from '../servers/mail-server.ts';
import { talk } from '../talk.ts';
import { writeMailWorkload } from '../workload/mail-workload.ts';
import { emailOf, shoppers } from '../workload/shoppers.ts';
import type { Workload } from '../workload/workload.ts';
import { backendsOf } from './backends.ts';

export interface MailResult extends Figures {
  backend: Backend;
  /** From a reply's bytes written by X to its mail accepted by the mail server. */
  mail_p50_ms: number;
  mail_p95_ms: number;
  mails_lost: number;
  mails_doubled: number;
}

const WARM_UP_SECONDS = 1;
const PATIENCE_MS = 30_000;
const emailById = new Map(shoppers.map((shopper) => [shopper.id, emailOf(shopper)]));

/** Delivers replies that each send a mail, at the rate that X allows: how long until the mail is out? */
export async function runMail(
  machine: Machine,
  { mail: { perSecond, seconds }, seed }: Options,
): Promise<MailResult[]> {
  const workload = writeMailWorkload(perSecond * (seconds + WARM_UP_SECONDS), seed);
  const warmUp = perSecond * WARM_UP_SECONDS;
  const results: MailResult[] = [];
  for (const backend of backendsOf(machine)) {
    await using mailServer = await startMailServer();
    const run = { programs: oursWithMail, backend, smtp: mailServer.url };
    const result = await runProduct(machine, run, async (system) => {
      const course = { warmUp, warmUpPerSecond: perSecond, perSecond };
      const { figures, sent } = await measure(system, workload, course);
      await allMailed(workload, mailServer);
      return { ...figures, ...mailTimes(workload, sent, mailServer) };
    });
    talk(`mails at ${perSecond}/s, ${backend}: p95 ${Math.round(result.mail_p95_ms)} ms; ${inShort(result)}`);
    results.push({ backend, ...result });
  }
  return results;
}

async function allMailed({ posts }: Workload, { accepted }: MailServer): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (accepted.size < posts.size && Date.now() < deadline) await sleep(50);
}

function mailTimes({ posts }: Workload, sent: Map<string, number>, { accepted }: MailServer) {
  const faults = { mails_lost: 0, mails_doubled: 0 };
  const times: number[] = [];
  for (const [id, at] of sent) {
    const [first, ...more] = accepted.get(emailById.get(posts.get(id)?.author ?? '') ?? '') ?? [];
    if (first === undefined) faults.mails_lost += 1;
    else times.push(first - at);
    faults.mails_doubled += more.length;
  }
  return { mail_p50_ms: percentile(times, 0.5), mail_p95_ms: percentile(times, 0.95), ...faults };
}
