import { Customer } from '@acme/telemetry-schema';
import { dimension, rowOf } from './dimension.ts';

const { customer_id, subscription_tier, country, is_active, signup_date } = Customer.shape;

/** Who did it. Email addresses stay out: nobody who reads enriched events needs them. */
export const customers = dimension({
  name: 'customers',
  tableName: 'enricher-customers',
  row: rowOf({ customer_id, subscription_tier, country, is_active, signup_date }),
  key: 'customer_id',
  keyOf: (event) => event.customer_id ?? event.user_id,
  columns: {
    customer_subscription_tier: 'subscription_tier',
    customer_country: 'country',
    customer_is_active: 'is_active',
    customer_signup_date: 'signup_date',
  },
});
