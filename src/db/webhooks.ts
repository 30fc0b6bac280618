import { type Selectable, sql } from 'kysely';
import { type Db, inTransaction, type Tx } from './database.ts';
import type { MerchantWebhook as Endpoints, WebhookMessage as Messages, WebhookEvent } from './schema.ts';

export type Endpoint = Selectable<Endpoints>;
export type Message = Selectable<Messages>;

/** So many are under way to one merchant: theirs may be a small server. */
const AT_ONCE = 5;
const DUE = sql`status = 'pending' and due_at <= now()`;
/** A message that is being sent belongs to whoever claimed it, for this long. */
const UNDER_WAY = sql`coalesce(claimed_at >= now() - interval '1 minute', false)`;

export const findEndpoint = (db: Db, merchant_id: string): Promise<Endpoint | undefined> =>
  db.selectFrom('merchant_webhooks').selectAll().where('merchant_id', '=', merchant_id).executeTakeFirst();

/** Sets where a merchant is told. @param secret taken where there was no endpoint before */
export async function putEndpoint(
  db: Db,
  endpoint: { merchant_id: string; url: string; secret: string },
): Promise<void> {
  await db
    .insertInto('merchant_webhooks')
    .values(endpoint)
    .onConflict((conflict) =>
      conflict.column('merchant_id').doUpdateSet({ url: endpoint.url, set_at: sql`now()` }),
    )
    .execute();
}

/** Signs by a new secret; by the one that it replaces, too, for so many hours. */
export async function rotateSecret(
  db: Db,
  merchant_id: string,
  secret: string,
  hours: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('merchant_webhooks')
    .set({
      secret,
      old_secret: sql`secret`,
      old_until: sql`now() + ${hours} * interval '1 hour'`,
    })
    .where('merchant_id', '=', merchant_id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Tells a merchant's program nothing any more. */
export async function dropEndpoint(tx: Tx, merchant_id: string): Promise<void> {
  await tx.deleteFrom('merchant_webhooks').where('merchant_id', '=', merchant_id).execute();
  await tx
    .updateTable('webhook_messages')
    .set({ status: 'failed', error: 'there is no endpoint any more' })
    .where('merchant_id', '=', merchant_id)
    .where('status', '=', 'pending')
    .execute();
}

/**
 * Writes into the outbox what a merchant's program is to hear of an order, if the merchant has one. It leaves within
 * seconds: the sweep looks for it.
 */
export async function tellMerchant(
  tx: Tx,
  event: WebhookEvent,
  { order_id, refund_id, swap_id, dispute_id }: TellOf,
): Promise<void> {
  await sql`
    insert into webhook_messages (merchant_id, event, order_id, refund_id, swap_id, dispute_id)
    select w.merchant_id, ${event}, o.id, ${refund_id ?? null}::bigint, ${swap_id ?? null}::bigint, ${dispute_id ?? null}::text
    from orders o join merchant_webhooks w on w.merchant_id = o.merchant_id
    where o.id = ${order_id}`.execute(tx);
}

interface TellOf {
  order_id: string;
  refund_id?: string;
  swap_id?: string;
  dispute_id?: string;
}

/**
 * The merchants who are to be told something now, but those to whom something is under way: who answers slowly occupies
 * one of those who send, and not all of them.
 */
export async function merchantsToTell(db: Db): Promise<string[]> {
  const { rows } = await sql<{ merchant_id: string }>`
    select merchant_id from webhook_messages where ${DUE}
    group by merchant_id having not bool_or(${UNDER_WAY})`.execute(db);
  return rows.map(({ merchant_id }) => merchant_id);
}

/** Takes some of a merchant's messages to send them, the oldest first: nobody else does so meanwhile. */
export async function claimMessages(db: Db, merchant_id: string): Promise<Message[]> {
  return inTransaction(db, async (tx) => {
    // One after the other: each counts what the one before has taken.
    await sql`select from merchant_webhooks where merchant_id = ${merchant_id} for no key update`.execute(tx);
    const due = sql`merchant_id = ${merchant_id} and ${DUE}`;
    const { rows } = await sql<Message>`
      update webhook_messages set claimed_at = now(), attempts = attempts + 1
      where id in (
        select id from webhook_messages where ${due} and not ${UNDER_WAY}
        order by id limit greatest(0, ${AT_ONCE} - (select count(*) from webhook_messages where ${due} and ${UNDER_WAY}))
        for update skip locked)
      returning *`.execute(tx);
    return rows;
  });
}

export async function noteDelivered(db: Db, id: string, answered: number): Promise<void> {
  await db
    .updateTable('webhook_messages')
    .set({ status: 'delivered', delivered_at: sql`now()`, claimed_at: null, answered, error: null })
    .where('id', '=', id)
    .execute();
}

/** Notes an attempt in vain. @param delay seconds until the next; `undefined`: there is none */
export async function noteUndelivered(
  db: Db,
  id: string,
  delay: number | undefined,
  { answered, error }: { answered: number | null; error: string },
): Promise<void> {
  await db
    .updateTable('webhook_messages')
    .set({
      claimed_at: null,
      answered,
      error,
      ...(delay === undefined
        ? { status: 'failed' as const }
        : { due_at: sql<Date>`now() + ${delay} * interval '1 second'` }),
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
}

/** A merchant's messages, the newest first. */
export async function messagesOf(
  db: Db,
  merchant_id: string,
  { status, limit }: { status?: Message['status']; limit: number },
): Promise<Message[]> {
  return db
    .selectFrom('webhook_messages')
    .selectAll()
    .where('merchant_id', '=', merchant_id)
    .$if(status !== undefined, (query) => query.where('status', '=', status as Message['status']))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Has messages sent once more, delivered or not, as if they had just been written. Returns how many. */
export async function replayMessages(
  db: Db,
  merchant_id: string,
  which: { id?: string; failed?: boolean; since?: Date },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('webhook_messages')
    .set({ status: 'pending', attempts: 0, due_at: sql`now()`, claimed_at: null, error: null })
    .where('merchant_id', '=', merchant_id)
    .$if(which.id !== undefined, (query) => query.where('id', '=', which.id as string))
    .$if(which.failed === true, (query) => query.where('status', '=', 'failed'))
    .$if(which.since !== undefined, (query) => query.where('created_at', '>=', which.since as Date))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** How many merchants are told, and of whom messages were given up in the last days. */
export async function webhookState(
  db: Db,
  days: number,
): Promise<{ endpoints: number; failed: Array<{ merchant_id: string; messages: number }> }> {
  const { rows: failed } = await sql<{ merchant_id: string; messages: number }>`
    select m.merchant_id, count(*)::int as messages
    from webhook_messages m join merchant_webhooks using (merchant_id)
    where m.status = 'failed' and m.due_at > now() - ${days} * interval '1 day'
    group by 1 order by 1`.execute(db);
  const { rows } = await sql<{ endpoints: number }>`
    select count(*)::int as endpoints from merchant_webhooks`.execute(db);
  return { endpoints: rows[0]?.endpoints ?? 0, failed };
}
