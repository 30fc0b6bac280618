import type { Context } from '../src/context.ts';
import { becomeLeader } from '../src/db/leader.ts';
import { sleep } from '../src/process.ts';
import { XError } from '../src/x/errors.ts';
import { type Ending, reconnectPolicy } from '../src/x/reconnect.ts';
import { connectStream } from '../src/x/stream.ts';
import { fillGap } from './fill-gap.ts';
import { rulesKeeper } from './keep-rules.ts';
import { type Intake, openIntake } from './take-in.ts';

const FILL_EVERY_MS = 10 * 60_000;
/** The last seconds before a new connection cannot be searched yet: that is done twice more, a little later. */
const INDEX_CATCHES_UP_MS = [14_000, 26_000];
const FOLLOW_CATALOG_EVERY_MS = 2_000;
const RETRY_MS = 15_000;
/** X applies new rules within about 20 seconds: what was written meanwhile, recent search finds. */
const RULES_TAKE_EFFECT_MS = 60_000;
/** What is held in memory gets so long to be stored when the process is told to stop. */
const LAST_CHANCE_MS = 10_000;

/**
 * Listens to X until told to stop: one process at a time, others stand by. Keeps the stream's rules in step with the
 * catalog, stores what is delivered, connects again when the connection ends, and asks recent search for what was
 * missed: at the start, after every new connection, and every ten minutes.
 */
export async function listenToX(context: Context, signal: AbortSignal): Promise<void> {
  const { log, databaseUrl } = context;
  while (!signal.aborted) {
    await using leadership = await becomeLeader(databaseUrl, 'listener', signal, () =>
      log.info('another listener is active; standing by'),
    );
    if (!leadership) return;
    const stop = AbortSignal.any([signal, leadership.lost]);
    log.info('listening to X');
    await lead(context, stop);
    if (!signal.aborted) log.warn('lost the lead; trying to get it back');
  }
}

async function lead(context: Context, signal: AbortSignal): Promise<void> {
  const giveUp = new AbortController();
  const intake = openIntake(context, giveUp.signal);
  const fill = oneAtATime(() => fillGap(context, intake, signal), context);
  const fillNowAndSoon = async (): Promise<void> => {
    await fill();
    for (const wait of INDEX_CATCHES_UP_MS) {
      await sleep(wait, signal);
      if (!signal.aborted) await fill();
    }
  };
  const keepRules = rulesKeeper(context);
  while (!signal.aborted && !(await keepRules())) await sleep(RETRY_MS, signal);
  await Promise.all([
    readStream(context, intake, signal, fillNowAndSoon),
    every(FOLLOW_CATALOG_EVERY_MS, signal, async () => {
      const result = await keepRules();
      if (result === 'changed') await sleep(RULES_TAKE_EFFECT_MS, signal).then(fill);
      else if (result === undefined) await sleep(RETRY_MS, signal);
    }),
    every(FILL_EVERY_MS, signal, fill),
  ]);
  const timer = setTimeout(() => giveUp.abort(), LAST_CHANCE_MS);
  await intake.stored();
  clearTimeout(timer);
}

async function readStream(
  context: Context,
  intake: Intake,
  signal: AbortSignal,
  onConnect: () => Promise<void>,
): Promise<void> {
  const { config, log, now } = context;
  const policy = reconnectPolicy();
  while (!signal.aborted) {
    await sleep(policy.spend(now()), signal);
    const ending = await readConnection(context, intake, signal, onConnect);
    if (signal.aborted) return;
    const wait = policy.delayAfter(ending, now());
    const why = ending.kind === 'refused' ? ending.error.message : ending.kind;
    log[ending.kind === 'refused' ? 'warn' : 'info'](
      { why, wait_ms: wait, x: config.X_API_URL },
      'the stream ended; connecting again',
    );
    await sleep(wait, signal);
  }
}

async function readConnection(
  { config, log, now }: Context,
  intake: Intake,
  signal: AbortSignal,
  onConnect: () => Promise<void>,
): Promise<Ending> {
  let connection: Awaited<ReturnType<typeof connectStream>>;
  try {
    connection = await connectStream(config, signal);
  } catch (error) {
    if (!(error instanceof XError)) throw error;
    return error.status === undefined ? { kind: 'unreachable' } : { kind: 'refused', error };
  }
  const since = now().getTime();
  let delivered = false;
  log.info('connected to the stream');
  void onConnect();
  try {
    for await (const lines of connection.lines()) {
      delivered = true;
      await intake.take('stream', lines);
    }
  } catch (error) {
    log.error({ err: error }, 'the stream cannot be read');
  }
  return { kind: 'dropped', livedMs: now().getTime() - since, delivered };
}

/** Runs work again and again, `ms` after it was last done. */
async function every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await sleep(ms, signal);
    if (!signal.aborted) await work();
  }
}

/** While the work is under way, another call of it waits for its end and runs it once more. */
function oneAtATime(work: () => Promise<void>, { log }: Pick<Context, 'log'>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await work().catch((error) => log.warn({ err: error }, 'recent search failed; it will be tried again'));
    } while (again);
    running = undefined;
  };
  return () => {
    if (running === undefined) running = run();
    else again = true;
    return running;
  };
}
