import * as z from 'zod';
import { accountId, country, day, email, text } from './fields.ts';

export const subscriptionTiers = ['free_with_ads', 'basic', 'standard', 'premium'] as const;
export type SubscriptionTier = (typeof subscriptionTiers)[number];

/** A row of `customers`. */
export const Customer = z
  .object({
    customer_id: accountId().describe('Unique customer identifier'),
    email: email().describe('Email address'),
    subscription_tier: z.enum(subscriptionTiers).describe('Plan: free_with_ads, basic, standard or premium'),
    country: country().describe('Country of residence, ISO 3166-1 alpha-2'),
    is_active: z.boolean().describe('Whether the subscription is active'),
    preferred_genres: z.array(text(64)).max(32).describe('Genres the customer prefers, most liked first'),
    signup_date: day().describe('Day the customer signed up, UTC'),
  })
  .describe('Customer demographics, subscriptions and preferences');
export type Customer = z.output<typeof Customer>;
