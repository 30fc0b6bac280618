import type Stripe from 'stripe';
import { EVENT_TYPES, type EventType } from './events.ts';
import { newId } from './ids.ts';
import { API_VERSION, type Stand, unixTime } from './stand.ts';
import type { Store } from './store.ts';

export interface EndpointRecord {
  /** Without its secret: that is only told when the endpoint is made. */
  endpoint: Omit<Stripe.WebhookEndpoint, 'secret'>;
  secret: string;
  /** Hears of connected accounts, and of nothing else. */
  connect?: boolean;
}

/** The endpoint that the options or the control API set up: there is one of it. */
export const OWN_ENDPOINT = 'we_1StandIn0000000000000000';
/** The same, for connected accounts. */
export const OWN_CONNECT_ENDPOINT = 'we_1StandIn0000000000Connect';

interface NewEndpoint {
  id?: string;
  url: string;
  secret?: string;
  connect?: boolean | undefined;
  enabled_events?: string[] | undefined;
  description?: string | null | undefined;
  metadata?: Record<string, string> | undefined;
}

/** Makes a webhook endpoint, or puts it in place of the one with the same id. */
export function putEndpoint(
  { store, clock }: Pick<Stand, 'store' | 'clock'>,
  given: NewEndpoint,
): EndpointRecord {
  const { id = newId('we_1'), url, secret = newId('whsec_', 32) } = given;
  const record: EndpointRecord = {
    endpoint: {
      id,
      object: 'webhook_endpoint',
      api_version: API_VERSION,
      application: null,
      created: store.endpoints.get(id)?.endpoint.created ?? unixTime(clock),
      description: given.description ?? null,
      enabled_events: given.enabled_events ?? [...EVENT_TYPES],
      livemode: false,
      metadata: given.metadata ?? {},
      status: 'enabled',
      url,
    },
    secret,
    connect: given.connect ?? false,
  };
  store.endpoints.set(id, record);
  return record;
}

/** The endpoints that want an event. */
export const subscribersOf = (
  store: Store,
  { type, account }: { type: EventType; account?: string },
): EndpointRecord[] =>
  store.endpoints
    .values()
    .filter(
      ({ endpoint, connect = false }) =>
        connect === (account !== undefined) &&
        endpoint.enabled_events.some((wanted) => wanted === '*' || wanted === type),
    );
