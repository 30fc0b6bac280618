import type { Mount } from './api-endpoint.ts';
import { readable } from './api-readable.ts';

const by = ['charge', 'payment_intent'];

/** Reading disputes and early fraud warnings. What is handed in as evidence is not simulated. */
export const disputeApi: Mount[] = [
  ...readable({ path: '/v1/disputes', kind: 'dispute', by, find: ({ store }) => store.disputes }),
  ...readable({
    path: '/v1/radar/early_fraud_warnings',
    kind: 'radar.early_fraud_warning',
    by,
    find: ({ store }) => store.warnings,
  }),
];
