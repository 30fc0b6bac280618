import type Stripe from 'stripe';
import { newId } from './ids.ts';
import { methodTypesFor } from './payment-methods.ts';
import type { SessionRecord } from './session.ts';
import { makeLineItems } from './session-line-items.ts';
import type { SessionParams } from './session-params.ts';
import { currencyOf } from './session-rules.ts';
import { makeShippingRates, shippingCost } from './session-shipping.ts';
import { makeSetup } from './setup.ts';
import { type Stand, unixTime } from './stand.ts';

const DAY = 24 * 60 * 60;

/** Makes an open Checkout Session. The parameters were checked before. */
export function makeSession(stand: Stand, params: SessionParams): SessionRecord {
  const created = unixTime(stand.clock);
  const id = newId('cs_test_a1', 56);
  const items = makeLineItems(stand, params.line_items ?? []);
  const rates = makeShippingRates(params.shipping_options ?? [], created);
  const [firstRate] = rates;
  const currency = currencyOf(params);
  const types = methodTypesFor(currency, params);
  const email = customerEmail(stand, params);
  const isSetup = params.mode === 'setup';
  const subtotal = items.reduce((sum, item) => sum + item.amount_total, 0);
  const shipping = firstRate?.fixed_amount?.amount ?? 0;
  return {
    items,
    rates,
    payment: params.payment_intent_data ?? {},
    session: {
      ...unused,
      id,
      object: 'checkout.session',
      allowed_payment_method_types: params.allowed_payment_method_types ?? null,
      ...(params.excluded_payment_method_types
        ? { excluded_payment_method_types: params.excluded_payment_method_types }
        : {}),
      amount_subtotal: isSetup ? null : subtotal,
      amount_total: isSetup ? null : subtotal + shipping,
      automatic_tax: describeTax(params.automatic_tax),
      billing_address_collection: params.billing_address_collection ?? null,
      cancel_url: params.cancel_url ?? null,
      client_reference_id: params.client_reference_id ?? null,
      collected_information: null,
      created,
      currency: currency || null,
      custom_text: {
        after_submit: params.custom_text?.after_submit ?? null,
        shipping_address: params.custom_text?.shipping_address ?? null,
        submit: params.custom_text?.submit ?? null,
        terms_of_service_acceptance: params.custom_text?.terms_of_service_acceptance ?? null,
      },
      customer: params.customer ?? null,
      customer_details: email ? { ...nobody, email } : null,
      customer_email: params.customer_email ?? null,
      expires_at: params.expires_at ?? created + DAY,
      integration_identifier: params.integration_identifier ?? null,
      locale: params.locale ?? null,
      metadata: params.metadata ?? {},
      mode: params.mode,
      origin_context: params.origin_context ?? null,
      payment_intent: null,
      payment_method_types: isSetup ? types.filter((type) => type === 'card') : types,
      payment_status: subtotal + shipping === 0 ? 'no_payment_required' : 'unpaid',
      saved_payment_method_options: params.saved_payment_method_options
        ? {
            allow_redisplay_filters: ['always'],
            payment_method_remove: 'disabled',
            payment_method_save: params.saved_payment_method_options.payment_method_save ?? 'disabled',
          }
        : null,
      setup_intent: isSetup ? makeSetup(stand, params, ['card']).id : null,
      shipping_address_collection: (params.shipping_address_collection ?? null) as ShippingCountries | null,
      shipping_cost: firstRate ? shippingCost(firstRate) : null,
      shipping_options: rates.map((rate) => ({
        shipping_amount: rate.fixed_amount?.amount ?? 0,
        shipping_rate: rate.id,
      })),
      status: 'open',
      submit_type: params.submit_type ?? null,
      success_url: params.success_url,
      total_details: isSetup ? null : { amount_discount: 0, amount_shipping: shipping, amount_tax: 0 },
      ui_mode: 'hosted_page',
      url: `${stand.publicUrl}/pay/${id}`,
    },
  };
}

/** The address that is known already, and cannot be changed on the page. */
function customerEmail(stand: Stand, { customer, customer_email }: SessionParams): string | null {
  return customer_email ?? stand.store.customers.get(customer ?? '')?.email ?? null;
}

/** What a session says of its tax before it is known where the shopper is. */
function describeTax(tax: SessionParams['automatic_tax']): Stripe.Checkout.Session.AutomaticTax {
  if (!tax?.enabled) return { enabled: false, liability: null, provider: null, status: null };
  const { type = 'self', account } = tax.liability ?? {};
  return {
    enabled: true,
    liability: account === undefined ? { type } : { type, account },
    provider: 'stripe',
    status: 'requires_location_inputs',
  };
}

type ShippingCountries = Stripe.Checkout.Session.ShippingAddressCollection;

/** The details of a customer of whom nothing is known. */
export const nobody: Stripe.Checkout.Session.CustomerDetails = {
  address: null,
  business_name: null,
  email: null,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: null,
};

/** What a session says of the things that the stand-in does not do. */
const unused = {
  adaptive_pricing: { enabled: false },
  after_expiration: null,
  allow_promotion_codes: null,
  client_secret: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  customer_account: null,
  customer_creation: 'if_required',
  discounts: [],
  invoice: null,
  invoice_creation: null,
  livemode: false,
  managed_payments: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  subscription: null,
  wallet_options: null,
} satisfies Partial<Stripe.Checkout.Session>;
