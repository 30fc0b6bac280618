import type Stripe from 'stripe';
import { cardsOf, detach } from './card.ts';
import { type Cause, emit } from './events.ts';
import { newId } from './ids.ts';
import { noSuch } from './refusals.ts';
import { type Stand, unixTime } from './stand.ts';

export interface CustomerChange {
  email?: string | undefined;
  name?: string | undefined;
  description?: string | undefined;
  metadata?: Record<string, string> | undefined;
}

export function makeCustomer(stand: Stand, given: CustomerChange, cause: Cause): Stripe.Customer {
  const id = newId('cus_', 14);
  const customer: Stripe.Customer = {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: unixTime(stand.clock),
    currency: null,
    default_source: null,
    delinquent: false,
    description: given.description ?? null,
    discount: null,
    email: given.email ?? null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: given.metadata ?? {},
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
  stand.store.customers.set(id, customer);
  emit(stand, 'customer.created', customer, { cause });
  return customer;
}

/** @throws Refusal where there is none, or none any more */
export function customerNamed(stand: Stand, id: string, status: 400 | 404 = 404): Stripe.Customer {
  const found = stand.store.customers.get(id);
  if (!found) throw noSuch('customer', id, status === 400 ? 'customer' : 'id', status);
  return found;
}

export function changeCustomer(
  stand: Stand,
  customer: Stripe.Customer,
  { metadata, ...change }: CustomerChange,
  cause?: Cause,
): Stripe.Customer {
  const changed = { ...customer, ...change, metadata: { ...customer.metadata, ...metadata } };
  stand.store.customers.set(customer.id, changed);
  const previous = Object.fromEntries(
    Object.keys(change).map((key) => [key, customer[key as keyof CustomerChange]]),
  );
  emit(stand, 'customer.updated', changed, { cause, previous });
  return changed;
}

/** Deletes a customer, and their cards with them. Payments keep their id. */
export function deleteCustomer(
  stand: Stand,
  customer: Stripe.Customer,
  cause: Cause,
): Stripe.DeletedCustomer {
  for (const record of cardsOf(stand, customer.id)) detach(stand, record, cause);
  stand.store.customers.delete(customer.id);
  emit(stand, 'customer.deleted', customer, { cause });
  return { id: customer.id, object: 'customer', deleted: true };
}
