import { sql } from 'kysely';
import { lastCheck } from '../../src/db/comparison.ts';
import { checkInvariants } from '../../src/db/invariants.ts';
import { readStripe, type Theirs } from './at-stripe.ts';
import { proveTold } from './proof-told.ts';
import type { World } from './world.ts';

/** Something that has to be true at the end, with what speaks against it. */
export interface Proof {
  name: string;
  against: string[];
}

/** @param since when the run began */
export async function prove(world: World, since: Date): Promise<Proof[]> {
  const { service, context } = world;
  const check = await lastCheck(service.db);
  const theirs = await readStripe(world, since);
  const { rows: oversold } = await sql<{ sku: string }>`
    select sku from variants where stock < sold + held and merchant_id = 'shop'`.execute(service.db);
  const invariants = await checkInvariants(context.db);
  return [
    {
      name: 'the ledger’s difference to Stripe is 0',
      against: check?.differences === 0 && check.late === 0 ? [] : [JSON.stringify(check)],
    },
    ...(await proveCharges(world, theirs)),
    ...(await proveDisputes(world, theirs)),
    ...(await proveTold(world, theirs)),
    { name: 'no more was sold than there was', against: oversold.map(({ sku }) => sku) },
    ...invariants.map(({ name, about }) => ({ name, against: about })),
  ];
}

/** By Stripe's lists alone: what was charged is what was ordered, once each, and only what somebody asked for. */
async function proveCharges({ service, mayCharge }: World, { payments }: Theirs): Promise<Proof[]> {
  const { rows: orders } = await sql<{ cart_id: string; kept: number }>`
    select o.cart_id, (o.total - coalesce(sum(r.amount), 0))::int as kept from orders o
    left join refunds r on r.payment_id = o.payment_id and r.status = 'succeeded' group by o.id`.execute(
    service.db,
  );
  const kept = new Map(orders.map((order) => [order.cart_id, order.kept]));
  const checkouts = await service.db
    .selectFrom('checkouts as k')
    .innerJoin('carts as c', 'c.id', 'k.cart_id')
    .select(['k.id', 'k.cart_id', 'k.card_id', 'c.shopper_id'])
    .execute();
  const byId = new Map(checkouts.map((checkout) => [checkout.id, checkout]));
  const made = payments.flatMap((payment) => {
    const checkout = byId.get(payment.checkout_id);
    return checkout ? [{ ...payment, ...checkout }] : [];
  });
  const carts = counted(
    made.filter(({ left }) => left > 0),
    ({ cart_id }) => cart_id,
    ({ left }) => left,
  );
  const attempts = counted(made, ({ checkout_id }) => checkout_id);
  const shoppers = counted(
    made.filter(({ card_id }) => card_id !== null),
    ({ shopper_id }) => shopper_id,
  );
  return [
    {
      name: 'nobody was charged twice, by Stripe’s own lists',
      against: [...carts].filter(([, { times }]) => times > 1).map(([cart_id]) => `cart ${cart_id}`),
    },
    {
      name: 'nothing was charged twice by one page, reply or press, given back or not',
      against: [...attempts].filter(([, { times }]) => times > 1).map(([id]) => `checkout ${id}`),
    },
    {
      name: 'no kept card was charged more often than its owner asked for it',
      against: [...shoppers]
        .filter(([shopper_id, { times }]) => times > (mayCharge.get(shopper_id) ?? 0))
        .map(([shopper_id, { times }]) => `shopper ${shopper_id}: ${times} charges`),
    },
    {
      name: 'every cart that was paid, and not given back, is an order of that amount',
      against: [...carts]
        .filter(([cart_id, { amount }]) => amount !== (kept.get(cart_id) ?? 0))
        .map(([cart_id, { amount }]) => `cart ${cart_id}: ${amount} at Stripe, ${kept.get(cart_id)} here`),
    },
    {
      name: 'every order was paid',
      against: orders
        .filter((order) => order.kept > 0 && !carts.has(order.cart_id))
        .map(({ cart_id }) => cart_id),
    },
  ];
}

function counted<T>(
  things: T[],
  key: (thing: T) => string,
  amount: (thing: T) => number = () => 0,
): Map<string, { times: number; amount: number }> {
  const counts = new Map<string, { times: number; amount: number }>();
  for (const thing of things) {
    const before = counts.get(key(thing)) ?? { times: 0, amount: 0 };
    counts.set(key(thing), { times: before.times + 1, amount: before.amount + amount(thing) });
  }
  return counts;
}

/** What banks and cards' networks hold against payments is known here, to the cent. */
async function proveDisputes({ service }: World, { disputes, warnings }: Theirs): Promise<Proof[]> {
  const { rows } = await sql<{ id: string; moved: number }>`
    select split_part(outside_id, '#', 1) as id, sum(case kind when 'dispute' then -amount else amount end)::int as moved
    from ledger_entries where kind in ('dispute', 'dispute_won') group by 1`.execute(service.db);
  const booked = new Map(rows.map(({ id, moved }) => [id, moved]));
  const known = await service.db.selectFrom('fraud_warnings').select('id').execute();
  const noted = new Set(known.map(({ id }) => id));
  return [
    {
      name: 'what disputes have moved at Stripe is in the ledger',
      against: disputes
        .filter(({ id, moved }) => moved !== (booked.get(id) ?? 0))
        .map(({ id, moved }) => `${id}: ${moved} at Stripe, ${booked.get(id)} here`),
    },
    {
      name: 'every warning of fraud is known',
      against: warnings.filter((id) => !noted.has(id)),
    },
  ];
}
