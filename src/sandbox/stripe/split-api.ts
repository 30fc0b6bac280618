import type { Mount } from './api-endpoint.ts';
import { readable } from './api-readable.ts';

/** What became of payments that were split. */
export const splitApi: Mount[] = [
  ...readable({
    path: '/v1/transfers',
    kind: 'transfer',
    by: ['destination', 'transfer_group'],
    find: ({ store }) => store.transfers,
  }),
  ...readable({
    path: '/v1/application_fees',
    kind: 'application_fee',
    by: ['charge'],
    find: ({ store }) => store.fees,
  }),
];
