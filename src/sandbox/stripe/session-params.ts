import { z } from 'zod';
import { metadata } from './api-metadata.ts';
import { choice, country, currency, email, flag, integer, off, text, timestamp, url } from './api-params.ts';
import { LARGEST_AMOUNT } from './currencies.ts';
import { splitShape } from './split-params.ts';

const productData = z.strictObject({
  name: text(),
  description: text(40_000).optional(),
  images: z.array(url).max(8).optional(),
  metadata: metadata.optional(),
  tax_code: text().optional(),
  unit_label: text().optional(),
});

const taxBehavior = choice(
  ['exclusive', 'inclusive', 'unspecified'],
  ['exclusive', 'inclusive', 'unspecified'],
);

const lineItem = z.strictObject({
  quantity: integer(1).optional(),
  metadata: metadata.optional(),
  price: text().optional(),
  price_data: z
    .strictObject({
      currency,
      unit_amount: integer(0, LARGEST_AMOUNT).optional(),
      product: text().optional(),
      product_data: productData.optional(),
      tax_behavior: taxBehavior.optional(),
    })
    .optional(),
});

const UNITS = ['hour', 'day', 'business_day', 'week', 'month'] as const;
const deliveryBound = z.strictObject({ unit: choice(UNITS, UNITS), value: integer(1) });

const shippingOption = z.strictObject({
  shipping_rate: text().optional(),
  shipping_rate_data: z
    .strictObject({
      display_name: text(100),
      type: choice(['fixed_amount'], ['fixed_amount']).optional(),
      fixed_amount: z.strictObject({ amount: integer(0, LARGEST_AMOUNT), currency }).optional(),
      delivery_estimate: z
        .strictObject({ minimum: deliveryBound.optional(), maximum: deliveryBound.optional() })
        .optional(),
      metadata: metadata.optional(),
      tax_behavior: taxBehavior.optional(),
      tax_code: text().optional(),
    })
    .optional(),
});

const LOCALES =
  'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
    ' ',
  );
const UPDATES = ['auto', 'never'] as const;
const SWITCH = ['disabled', 'enabled'] as const;
const message = z.strictObject({ message: text(1_200) }).optional();

/** Body of `POST /v1/checkout/sessions` (Stripe API reference, "Create a Checkout Session"). */
export const sessionParams = z.strictObject({
  mode: choice(['payment', 'setup', 'subscription'], ['payment', 'setup']),
  ui_mode: choice(['elements', 'embedded_page', 'form', 'hosted_page'], ['hosted_page']).optional(),
  line_items: z.array(lineItem).max(100).optional(),
  currency: currency.optional(),
  success_url: url,
  cancel_url: url.optional(),
  expires_at: timestamp.optional(),
  client_reference_id: text(200).optional(),
  metadata: metadata.optional(),
  customer: text().optional(),
  customer_email: email.optional(),
  customer_update: z
    .strictObject({
      address: choice(UPDATES, UPDATES).optional(),
      name: choice(UPDATES, UPDATES).optional(),
      shipping: choice(UPDATES, UPDATES).optional(),
    })
    .optional(),
  saved_payment_method_options: z
    .strictObject({
      payment_method_save: choice(SWITCH, SWITCH).optional(),
      payment_method_remove: choice(SWITCH, ['disabled']).optional(),
    })
    .optional(),
  setup_intent_data: z
    .strictObject({ description: text(1_000).optional(), metadata: metadata.optional() })
    .optional(),
  payment_intent_data: z
    .strictObject({
      description: text(1_000).optional(),
      metadata: metadata.optional(),
      receipt_email: email.optional(),
      setup_future_usage: choice(['off_session', 'on_session'], ['off_session', 'on_session']).optional(),
      statement_descriptor_suffix: text(22).optional(),
      transfer_group: text().optional(),
      ...splitShape,
      capture_method: choice(
        ['automatic', 'automatic_async', 'manual'],
        ['automatic', 'automatic_async'],
      ).optional(),
    })
    .optional(),
  shipping_address_collection: z.strictObject({ allowed_countries: z.array(country) }).optional(),
  shipping_options: z.array(shippingOption).max(5).optional(),
  billing_address_collection: choice(['auto', 'required'], ['auto', 'required']).optional(),
  locale: choice(LOCALES, LOCALES).optional(),
  submit_type: choice(
    ['auto', 'book', 'donate', 'pay', 'subscribe'],
    ['auto', 'book', 'donate', 'pay'],
  ).optional(),
  custom_text: z
    .strictObject({
      after_submit: message,
      shipping_address: message,
      submit: message,
      terms_of_service_acceptance: message,
    })
    .optional(),
  allowed_payment_method_types: z.array(text()).optional(),
  excluded_payment_method_types: z.array(text()).optional(),
  origin_context: choice(['mobile_app', 'web'], ['mobile_app', 'web']).optional(),
  integration_identifier: text().optional(),
  allow_promotion_codes: off('promotion codes').optional(),
  adaptive_pricing: z.strictObject({ enabled: off('Adaptive Pricing').optional() }).optional(),
  automatic_tax: z
    .strictObject({
      enabled: flag,
      liability: z
        .strictObject({ type: choice(['account', 'self'], ['account', 'self']), account: text().optional() })
        .optional(),
    })
    .optional(),
  invoice_creation: z.strictObject({ enabled: off('invoices') }).optional(),
  managed_payments: z.strictObject({ enabled: off('Managed Payments').optional() }).optional(),
  phone_number_collection: z.strictObject({ enabled: off('collecting phone numbers') }).optional(),
  tax_id_collection: z.strictObject({ enabled: off('collecting tax ids') }).optional(),
});

export type SessionParams = z.infer<typeof sessionParams>;

/** What else Stripe takes there: refused by name, so that nobody thinks it had an effect. */
export const SESSION_NOT_SIMULATED = `
  after_expiration branding_settings consent_collection custom_fields customer_account
  customer_creation discounts invoice_creation.invoice_data line_items.adjustable_quantity
  line_items.price_data.product_data.tax_details line_items.price_data.recurring
  line_items.price_data.unit_amount_decimal line_items.tax_rates name_collection optional_items
  payment_intent_data.shipping payment_intent_data.statement_descriptor
  payment_intent_data.transfer_data.amount
  payment_method_collection payment_method_configuration payment_method_data payment_method_options permissions
  redirect_on_completion return_url saved_payment_method_options.allow_redisplay_filters setup_intent_data.on_behalf_of
  shipping_options.shipping_rate_data.fixed_amount.currency_options subscription_data tax_id_collection.required
  wallet_options`
  .trim()
  .split(/\s+/);
