import { sql } from 'kysely';
import type { Selling } from '../domain/mail-cart.ts';
import type { MailMerchant } from '../domain/mail-content.ts';
import type { Db } from './database.ts';
import { merchantsWithoutSeller } from './payees.ts';

/** What mails say of a merchant, and what decides about carts that are shown. */
export interface KnownMerchant {
  merchant: MailMerchant;
  selling: Selling;
  timezone: string;
  cancel_hours: number;
}

/** The merchants of these, by their ids. */
export async function merchantsOf(
  db: Db,
  of: Array<{ merchant_id: string | null }>,
): Promise<Map<string, KnownMerchant>> {
  const ids = of.flatMap(({ merchant_id }) => merchant_id ?? []);
  const rows = await db
    .selectFrom('merchants')
    .select([
      'id',
      'name',
      'username',
      'support_email',
      'postal_address',
      'returns_policy',
      'currency',
      'locale',
      'shipping',
      'tax',
      'prices_include_tax',
      'timezone',
      'cancel_hours',
    ])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute();
  const notReady = await merchantsWithoutSeller(db);
  return new Map(
    rows.map(({ shipping, tax, prices_include_tax, timezone, cancel_hours, ...merchant }) => {
      const selling = { shipping, tax, prices_include_tax, ready: !notReady.has(merchant.id) };
      return [merchant.id, { merchant, selling, timezone, cancel_hours }];
    }),
  );
}

/** @throws an Error where there is none */
export async function knownMerchant(db: Db, merchant_id: string): Promise<KnownMerchant> {
  const found = (await merchantsOf(db, [{ merchant_id }])).get(merchant_id);
  if (!found) throw new Error(`there is no merchant ${merchant_id}`);
  return found;
}

export const merchantOf = async (db: Db, merchant_id: string): Promise<MailMerchant> =>
  (await knownMerchant(db, merchant_id)).merchant;
