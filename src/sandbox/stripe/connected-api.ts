import { z } from 'zod';
import { accountState } from './account.ts';
import { endpoint, type Mount } from './api-endpoint.ts';
import { createdFilter, newestFirst, pageOf, paging } from './api-lists.ts';
import { metadata } from './api-metadata.ts';
import { choice, email, flag, region, text, url } from './api-params.ts';
import { makeAccount } from './connected.ts';
import { newId } from './ids.ts';
import { noAccess } from './refusals.ts';
import { unixTime } from './stand.ts';

const PATH = '/v1/accounts';
/** Stripe does not say how long a link lives: "minutes". */
const LINK_SECONDS = 5 * 60;

const capability = z.strictObject({ requested: flag.optional() }).optional();

export const connectedApi: Mount[] = [
  endpoint({
    method: 'POST',
    path: PATH,
    params: z.strictObject({
      country: region.optional(),
      email: email.optional(),
      metadata: metadata.optional(),
      business_profile: z.strictObject({ name: text().optional(), url: url.optional() }).optional(),
      capabilities: z.strictObject({ card_payments: capability, transfers: capability }).optional(),
      controller: z
        .strictObject({
          fees: z
            .strictObject({ payer: choice(['account', 'application'], ['account', 'application']) })
            .optional(),
          losses: z
            .strictObject({ payments: choice(['application', 'stripe'], ['application', 'stripe']) })
            .optional(),
          requirement_collection: choice(['application', 'stripe'], ['application', 'stripe']).optional(),
          stripe_dashboard: z
            .strictObject({ type: choice(['express', 'full', 'none'], ['express', 'full', 'none']) })
            .optional(),
        })
        .optional(),
    }),
    notSimulated: [
      ...['account_token', 'business_type', 'company', 'default_currency', 'documents', 'external_account'],
      ...['groups', 'individual', 'settings', 'tos_acceptance', 'type'],
    ],
    answers: 'account',
    run: (stand, params) => {
      const record = makeAccount(stand, params, accountState(stand).country);
      stand.store.connected.set(record.account.id, record);
      return record.account;
    },
  }),
  endpoint({
    method: 'GET',
    path: PATH,
    params: z.strictObject({ ...paging, created: createdFilter }),
    answers: 'account',
    list: true,
    run: ({ store }, { created, ...page }) => {
      const accounts = store.connected
        .values()
        .filter(({ gone }) => !gone)
        .map(({ account }) => ({ ...account, created: account.created ?? 0 }))
        .filter((account) => created?.(account) ?? true);
      return pageOf(newestFirst(accounts), page, 'account', PATH);
    },
  }),
  endpoint({
    method: 'GET',
    path: `${PATH}/:id`,
    params: z.strictObject({}),
    answers: 'account',
    run: (stand, _, { id }) => {
      const record = stand.store.connected.get(id);
      if (!record || record.gone) throw noAccess(stand.secretKey, id);
      return record.account;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/v1/account_links',
    params: z.strictObject({
      account: text(),
      type: choice(['account_onboarding', 'account_update'], ['account_onboarding']),
      refresh_url: url,
      return_url: url,
    }),
    notSimulated: ['collect', 'collection_options'],
    answers: 'account_link',
    run: (stand, { account, refresh_url, return_url }) => {
      const record = stand.store.connected.get(account);
      if (!record || record.gone) throw noAccess(stand.secretKey, account);
      const created = unixTime(stand.clock);
      const token = newId('', 32);
      const expires_at = created + LINK_SECONDS;
      stand.store.accountLinks.set(token, { account, refresh_url, return_url, expires_at, opened: false });
      return {
        object: 'account_link',
        created,
        expires_at,
        url: `${stand.publicUrl}/onboarding/${token}`,
      };
    },
  }),
];

/** A way to Stripe's questions: it leads there once. */
export interface AccountLink {
  account: string;
  refresh_url: string;
  return_url: string;
  expires_at: number;
  opened: boolean;
}
