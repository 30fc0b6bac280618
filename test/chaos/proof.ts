import { sql } from 'kysely';
import { lastCheck } from '../../src/db/comparison.ts';
import { checkInvariants } from '../../src/db/invariants.ts';
import { intentPages, refundPages } from '../../src/stripe/facts.ts';
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
  const carts = await atStripe(world, since);
  const { rows: orders } = await sql<{ cart_id: string; kept: number }>`
    select o.cart_id, (o.total - coalesce(sum(r.amount), 0))::int as kept from orders o
    left join refunds r on r.payment_id = o.payment_id and r.status = 'succeeded' group by o.id`.execute(
    service.db,
  );
  const kept = new Map(orders.map((order) => [order.cart_id, order.kept]));
  const { rows: oversold } = await sql<{ sku: string }>`
    select sku from variants where stock < sold + held and merchant_id = 'shop'`.execute(service.db);
  const invariants = await checkInvariants(context.db);
  return [
    {
      name: 'the ledger’s difference to Stripe is 0',
      against: check?.differences === 0 && check.late === 0 ? [] : [JSON.stringify(check)],
    },
    {
      name: 'nobody was charged twice, by Stripe’s own lists',
      against: [...carts].filter(([, { charges }]) => charges > 1).map(([cart_id]) => `cart ${cart_id}`),
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
        .filter(({ cart_id, kept }) => kept > 0 && !carts.has(cart_id))
        .map(({ cart_id }) => cart_id),
    },
    { name: 'no more was sold than there was', against: oversold.map(({ sku }) => sku) },
    ...invariants.map(({ name, about }) => ({ name, against: about })),
  ];
}

/** Of each cart, by Stripe's lists alone: how many charges were not given back in full, and what is kept of them. */
async function atStripe(
  { context: { stripe }, service }: World,
  since: Date,
): Promise<Map<string, { charges: number; amount: number }>> {
  const span = { since, until: new Date(Date.now() + 60_000) };
  const given = new Map<string, number>();
  for await (const page of refundPages(stripe, span))
    for (const { payment_id, amount, status } of page)
      if (payment_id && status === 'succeeded') given.set(payment_id, (given.get(payment_id) ?? 0) + amount);
  const checkouts = await service.db.selectFrom('checkouts').select(['id', 'cart_id']).execute();
  const cartOf = new Map(checkouts.map(({ id, cart_id }) => [id, cart_id]));
  const carts = new Map<string, { charges: number; amount: number }>();
  for await (const page of intentPages(stripe, span))
    for (const { id, succeeded, amount, checkout_id } of page) {
      const left = amount - (given.get(id) ?? 0);
      const cart_id = cartOf.get(checkout_id ?? '');
      if (!succeeded || left === 0 || !cart_id) continue;
      const before = carts.get(cart_id) ?? { charges: 0, amount: 0 };
      carts.set(cart_id, { charges: before.charges + 1, amount: before.amount + left });
    }
  return carts;
}
