import Stripe from 'stripe';
import type { Config } from '../config.ts';

const TIMEOUT_MS = 20_000;
const RETRIES = 2;

/** Stripe's API, at the version that the library is made for: 2026-10-28.endive with 23.1.0. */
export function openStripe(settings: Pick<Config, 'STRIPE_API_URL' | 'STRIPE_SECRET_KEY'>): Stripe {
  const { protocol, hostname, port } = new URL(settings.STRIPE_API_URL);
  return new Stripe(settings.STRIPE_SECRET_KEY, {
    host: hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
    protocol: protocol === 'https:' ? 'https' : 'http',
    timeout: TIMEOUT_MS,
    maxNetworkRetries: RETRIES,
    // It would write an id into the user's home folder and send it along.
    telemetry: false,
    appInfo: { name: 'replycart' },
  });
}
