import { Customer } from '@acme/telemetry-schema';
import * as z from 'zod';
import { dimension } from './dimension.ts';

const { customer_id, subscription_tier, country, is_active, signup_date } = Customer.shape;

/** Who did it. Email addresses stay out: nobody who reads enriched events needs them. */
export const customers = dimension({
  name: 'customers',
  tableName: 'enricher-customers',
  row: z.strictObject({ customer_id, subscription_tier, country, is_active, signup_date }),
  key: 'customer_id',
  keyOf: (event) => event.userId,
  columns: {
    customer_subscription_tier: 'subscription_tier',
    customer_country: 'country',
    customer_is_active: 'is_active',
    customer_signup_date: 'signup_date',
  },
});
