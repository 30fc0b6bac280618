import { invalid } from './refusals.ts';
import { lineItemList } from './session-line-items.ts';
import type { Stand } from './stand.ts';

type Json = Record<string, unknown>;

interface Field {
  /** What kind of object stands there once expanded; `undefined` where it is always null here. */
  kind?: string;
  read?: (stand: Stand, owner: Json) => object | undefined;
}

const alwaysNull: Field = {};

/** A reference that is an id until it is expanded. */
const reference = (
  field: string,
  kind: string,
  find: (stand: Stand) => { get(id: string): object | undefined },
): Record<string, Field> => ({
  [field]: { kind, read: (stand, owner) => find(stand).get(String(owner[field])) },
});

const payment_intent = reference('payment_intent', 'payment_intent', (stand) => stand.store.intents);
const customer = reference('customer', 'customer', (stand) => stand.store.customers);
/** A connected account. */
const connected = (field: string): Field => ({
  kind: 'account',
  read: ({ store }, owner) => store.connected.get(String(owner[field]))?.account,
});
const transfer = reference('transfer', 'transfer', (stand) => stand.store.transfers);
const charge = reference('charge', 'charge', (stand) => stand.store.charges);

/** What can be expanded, by kind of object (Stripe API reference, "Expanding responses"). */
const FIELDS: Record<string, Record<string, Field>> = {
  'checkout.session': {
    ...payment_intent,
    line_items: { kind: 'list of item', read: (stand, owner) => lineItemList(stand, String(owner.id)) },
    ...customer,
    invoice: alwaysNull,
    ...reference('setup_intent', 'setup_intent', (stand) => stand.store.setups),
    subscription: alwaysNull,
    payment_link: alwaysNull,
  },
  'list of item': { data: { kind: 'item' } },
  item: { price: { kind: 'price' } },
  price: reference('product', 'product', (stand) => stand.store.products),
  payment_intent: {
    ...reference('latest_charge', 'charge', (stand) => stand.store.charges),
    ...customer,
    application: alwaysNull,
    on_behalf_of: connected('on_behalf_of'),
    review: alwaysNull,
  },
  charge: {
    ...payment_intent,
    ...customer,
    balance_transaction: alwaysNull,
    application: alwaysNull,
    on_behalf_of: connected('on_behalf_of'),
    ...transfer,
    ...reference('application_fee', 'application_fee', (stand) => stand.store.fees),
    review: alwaysNull,
  },
  setup_intent: { ...customer, latest_attempt: alwaysNull, mandate: alwaysNull, on_behalf_of: alwaysNull },
  payment_method: customer,
  dispute: { ...payment_intent, ...charge },
  'radar.early_fraud_warning': { ...payment_intent, ...charge },
  transfer: {
    destination: connected('destination'),
    ...reference('source_transaction', 'charge', (stand) => stand.store.charges),
    balance_transaction: alwaysNull,
  },
  application_fee: {
    account: connected('account'),
    ...reference('originating_transaction', 'charge', (stand) => stand.store.charges),
    application: alwaysNull,
    balance_transaction: alwaysNull,
  },
  refund: {
    ...payment_intent,
    ...charge,
    balance_transaction: alwaysNull,
    customer: alwaysNull,
    transfer_reversal: {
      kind: 'transfer_reversal',
      read: ({ store }, { transfer_reversal }) =>
        store.transfers
          .values()
          .flatMap(({ reversals }) => reversals.data)
          .find(({ id }) => id === transfer_reversal),
    },
    source_transfer_reversal: alwaysNull,
  },
};

const DEEPEST = 4;

/**
 * Refuses paths that do not lead anywhere.
 * @param paths as in `expand[]`: `payment_intent.latest_charge`, in a list `data.payment_intent`
 */
export function checkExpansions(paths: string[], answers: string, isList: boolean): void {
  for (const path of paths) {
    const steps = path.split('.');
    if (isList && steps.shift() !== 'data')
      throw invalid(
        `This property cannot be expanded (${path}). You may want to try expanding 'data.${path}' instead.`,
      );
    if (steps.length > DEEPEST)
      throw invalid(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`);
    let kind: string | undefined = answers;
    for (const step of steps) {
      const field: Field | undefined = kind === undefined ? undefined : FIELDS[kind]?.[step];
      if (!field) throw invalid(`This property cannot be expanded (${path}).`);
      kind = field.kind;
    }
  }
}

/** A copy of an answer in which objects stand in place of their ids. @param paths checked before */
export function expandObject(stand: Stand, object: object, paths: string[]): object {
  if (paths.length === 0) return object;
  const copy = structuredClone(object) as Json;
  for (const path of paths) expandPath(stand, copy, path.split('.'));
  return copy;
}

function expandPath(stand: Stand, object: Json, [step, ...rest]: string[]): void {
  if (step === undefined) return;
  const field = FIELDS[String(object.object)]?.[step];
  if (typeof object[step] === 'string' || object[step] === undefined)
    object[step] = structuredClone(field?.read?.(stand, object)) ?? object[step];
  const below = object[step];
  for (const one of Array.isArray(below) ? below : [below])
    if (typeof one === 'object' && one !== null) expandPath(stand, one as Json, rest);
}
