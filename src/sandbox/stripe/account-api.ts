import { z } from 'zod';
import { describeAccount } from './account.ts';
import { endpoint, type Mount } from './api-endpoint.ts';

export const accountApi: Mount[] = [
  endpoint({
    method: 'GET',
    path: '/v1/account',
    params: z.strictObject({}),
    answers: 'account',
    run: describeAccount,
  }),
];
