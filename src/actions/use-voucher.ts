import type { Context } from '../context.ts';
import { type Keys, sameText } from '../crypto.ts';
import { inTransaction } from '../db/database.ts';
import { record } from '../db/staff.ts';
import { findVoucher, useVoucher, type Voucher } from '../db/vouchers.ts';
import { proofOf, readCode, writeCode } from '../domain/voucher-code.ts';

const proof = (token: string): string => proofOf(Buffer.from(token, 'base64url'));

/** The code of a voucher, as it is mailed. It is stored nowhere. */
export const codeOf = (keys: Keys, id: string): string => writeCode(id, proof(keys.tokenFor('voucher', id)));

/** The voucher that a code is for, whatever became of it. @param merchant_id only one of this merchant's, if given */
export async function voucherOfCode(
  { db, keys }: Pick<Context, 'db' | 'keys'>,
  typed: string,
  merchant_id?: string | null,
): Promise<Voucher | undefined> {
  const code = readCode(typed);
  if (!code || !keys.tokensFor('voucher', code.id).some((token) => sameText(proof(token), code.proof)))
    return undefined;
  const voucher = await findVoucher(db, code.id);
  return voucher && (merchant_id ?? voucher.merchant_id) === voucher.merchant_id ? voucher : undefined;
}

/**
 * Takes a voucher, once: of two who do at the same moment one succeeds. Not where its payment was given back.
 *
 * @param by who of the staff, for the records
 * @returns the voucher as it is now, and whether this was what used it
 */
export async function takeVoucher(
  { db }: Pick<Context, 'db'>,
  { id }: Pick<Voucher, 'id'>,
  by: string,
): Promise<{ taken: boolean; voucher: Voucher }> {
  return inTransaction(db, async (tx) => {
    const taken = await useVoucher(tx, id, by);
    if (taken) await record(tx, by, 'use voucher', id);
    return { taken, voucher: (await findVoucher(tx, id)) as Voucher };
  });
}
