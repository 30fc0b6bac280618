import { z } from 'zod';
import { endpoint, type Mount } from './api-endpoint.ts';
import { createdFilter, newestFirst, pageOf, paging } from './api-lists.ts';
import { text } from './api-params.ts';
import { noSuch } from './refusals.ts';

const TRANSFERS = '/v1/transfers';
const FEES = '/v1/application_fees';

/** What became of payments that were split. */
export const splitApi: Mount[] = [
  endpoint({
    method: 'GET',
    path: TRANSFERS,
    params: z.strictObject({
      ...paging,
      created: createdFilter,
      destination: text().optional(),
      transfer_group: text().optional(),
    }),
    answers: 'transfer',
    list: true,
    run: ({ store }, { created, destination, transfer_group, ...page }) => {
      const transfers = store.transfers
        .values()
        .filter(
          (transfer) =>
            (created?.(transfer) ?? true) &&
            (destination === undefined || transfer.destination === destination) &&
            (transfer_group === undefined || transfer.transfer_group === transfer_group),
        );
      return pageOf(newestFirst(transfers), page, 'transfer', TRANSFERS);
    },
  }),
  endpoint({
    method: 'GET',
    path: `${TRANSFERS}/:id`,
    params: z.strictObject({}),
    answers: 'transfer',
    run: ({ store }, _, { id }) => {
      const transfer = store.transfers.get(id);
      if (!transfer) throw noSuch('transfer', id, 'id');
      return transfer;
    },
  }),
  endpoint({
    method: 'GET',
    path: FEES,
    params: z.strictObject({ ...paging, created: createdFilter, charge: text().optional() }),
    answers: 'application_fee',
    list: true,
    run: ({ store }, { created, charge, ...page }) => {
      const fees = store.fees
        .values()
        .filter((fee) => (created?.(fee) ?? true) && (charge === undefined || fee.charge === charge));
      return pageOf(newestFirst(fees), page, 'application fee', FEES);
    },
  }),
  endpoint({
    method: 'GET',
    path: `${FEES}/:id`,
    params: z.strictObject({}),
    answers: 'application_fee',
    run: ({ store }, _, { id }) => {
      const fee = store.fees.get(id);
      if (!fee) throw noSuch('application_fee', id, 'id');
      return fee;
    },
  }),
];
