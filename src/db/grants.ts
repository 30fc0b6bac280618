import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { GrantEnd, Grant as Grants } from './schema.ts';

export type Grant = Selectable<Grants>;
export type NewGrant = Omit<Grant, 'id' | 'given_at' | 'ended_at' | 'ended_why'>;

/** Notes the leave to charge a card. One that the shopper gave for the same merchant before is replaced. */
export async function giveGrant(tx: Tx, grant: NewGrant): Promise<void> {
  const { shopper_id, merchant_id } = grant;
  await endGrants(tx, sql`shopper_id = ${shopper_id} and merchant_id = ${merchant_id}`, 'replaced');
  await tx.insertInto('grants').values(grant).execute();
}

/** Takes a leave back. Nothing is charged by it any more. */
export async function revokeGrant(tx: Tx, shopper_id: string, merchant_id: string): Promise<void> {
  await endGrants(tx, sql`shopper_id = ${shopper_id} and merchant_id = ${merchant_id}`, 'shopper');
}

/** Ends the leaves to charge a card that its owner gives up. */
export async function endGrantsOfCard(tx: Tx, card_id: string): Promise<void> {
  await endGrants(tx, sql`card_id = ${card_id}`, 'card_gone');
}

/** Ends the leaves of a shopper to charge cards that are gone, or that have become another network's. */
export async function endGrantsOfLostCards(tx: Tx, shopper_id: string): Promise<void> {
  const own = sql`shopper_id = ${shopper_id}`;
  const same = sql`select from cards where cards.id = grants.card_id`;
  await endGrants(tx, sql`${own} and not exists (${same})`, 'card_gone');
  await endGrants(tx, sql`${own} and not exists (${same} and brand = grants.card_brand)`, 'card_changed');
}

async function endGrants(tx: Tx, which: ReturnType<typeof sql>, why: GrantEnd): Promise<void> {
  await sql`update grants set ended_at = now(), ended_why = ${why} where ended_at is null and ${which}`.execute(
    tx,
  );
}

/** The leaves that a shopper has given and that hold, by merchant. */
export async function grantsOf(db: Db, shopper_id: string): Promise<Grant[]> {
  return db
    .selectFrom('grants')
    .selectAll()
    .where('shopper_id', '=', shopper_id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('merchant_id')
    .execute();
}
