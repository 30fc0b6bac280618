import { type ErrorHandler, Hono, type MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.ts';
import { keepLedger } from '../ledger.ts';
import { type Listening, listen } from '../listen.ts';
import type { Memory } from '../memory.ts';
import type { Credentials } from './caller.ts';
import { complianceRoutes } from './compliance-routes.ts';
import { connectionRoutes } from './connection-routes.ts';
import { ControlError } from './control-error.ts';
import { controlFaultRoutes } from './control-fault-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { faultAnswers } from './fault-answers.ts';
import { makeFaults } from './faults.ts';
import { lookupRoutes } from './lookup-routes.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { postRoutes } from './post-routes.ts';
import { notFound, Refusal } from './problems.ts';
import { makeRateLimits } from './rate-limits.ts';
import { ruleRoutes } from './rule-routes.ts';
import { searchRoutes } from './search-routes.ts';
import type { StandIn } from './stand-in.ts';
import { openState } from './state.ts';
import { openStream } from './stream.ts';
import { streamRoutes } from './stream-routes.ts';
import { tokenRoutes } from './token-routes.ts';
import { userRoutes } from './user-routes.ts';

export interface XOptions {
  memory: Memory;
  clock: Clock;
  /** Default: any free one. */
  port?: number;
  /** Where people reach X's pages, without a slash at the end. */
  publicUrl: string;
  credentials: Credentials;
  /** The app's callback URLs, compared as they are written. Without them, those that were set last hold. */
  callbacks?: string[];
  /** Default: 20 s. */
  heartbeatMs?: number;
  /** How long a new rule takes until it matches. Default: not at all. */
  rulesTakeEffectMs?: number;
  /** How much may wait for a client that reads slowly, before it is disconnected. Default: 1 MiB. */
  bufferBytes?: number;
  /** What the pages call the stand-in. */
  pageTitle?: string;
  /** What the pages call the app. */
  appName?: string;
}

/** Starts a stand-in for X: its API and pages as X documents them, and `/control` to write as anybody. */
export function startX(options: XOptions): Promise<Listening> {
  const state = openState(options.memory, options.clock);
  if (options.callbacks) state.changeApp({ callbacks: options.callbacks });
  const faults = makeFaults();
  const { heartbeatMs = 20_000, rulesTakeEffectMs = 0, bufferBytes = 1 << 20 } = options;
  const x: StandIn = {
    state,
    credentials: options.credentials,
    limits: makeRateLimits(options.clock),
    faults,
    stream: openStream(state, faults, { heartbeatMs, rulesTakeEffectMs, bufferBytes }),
  };
  const { publicUrl, pageTitle = 'X (sandbox)', appName = 'Replycart' } = options;
  const app = new Hono();
  app.use('/control/*', fromThisMachine);
  keepLedger(app, '/2');
  app.use('/2/*', faultAnswers(faults, state));
  for (const routes of [
    streamRoutes,
    ruleRoutes,
    searchRoutes,
    lookupRoutes,
    userRoutes,
    postRoutes,
    connectionRoutes,
    complianceRoutes,
  ])
    app.route('/', routes(x));
  app.route('/', tokenRoutes(x));
  app.route('/', oauthRoutes(x, { publicUrl, appName, title: pageTitle }));
  app.route('/', controlRoutes(x));
  app.route('/', controlFaultRoutes(x));
  app.notFound(() => {
    throw notFound();
  });
  app.onError(answerError);
  return listen(app, options.port);
}

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/** A web page must not drive the stand-in by a host name that leads here. */
const fromThisMachine: MiddlewareHandler = async (c, next) => {
  if (!LOOPBACK.test(c.req.header('host') ?? '')) return c.json({ error: 'Only from this machine' }, 403);
  return next();
};

const answerError: ErrorHandler = (error, c) => {
  if (error instanceof ControlError) return c.json({ error: error.message }, error.status);
  if (!(error instanceof Refusal))
    return c.json({ title: 'Internal Error', detail: String(error.stack) }, 500);
  const { status, body, headers } = error;
  if (typeof body === 'string') return c.html(body, status, headers);
  return c.body(JSON.stringify(body), status, { ...headers, 'content-type': 'application/problem+json' });
};
