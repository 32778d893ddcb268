import type { ViewingEvent } from '@acme/telemetry-schema';

// Columns hold positions in these lists; so their order is part of what a seed means.
export const tiers = ['free_with_ads', 'basic', 'standard', 'premium'] as const;
export const devices = ['tv', 'mobile', 'web', 'tablet'] as const satisfies readonly ViewingEvent['device_type'][];
export const qualities = ['SD', 'HD', '4K'] as const satisfies readonly ViewingEvent['quality'][];
export const titleTypes = ['movie', 'series', 'documentary'] as const satisfies readonly ViewingEvent['title_type'][];

export const genres = [
  'Action',
  'Animation',
  'Comedy',
  'Crime',
  'Drama',
  'Family',
  'Fantasy',
  'Horror',
  'Mystery',
  'Romance',
  'Science Fiction',
  'Thriller',
] as const;

/** ISO 3166-1 alpha-2, by share of customers. */
export const countries = ['US', 'GB', 'DE', 'CA', 'BR', 'IN', 'FR', 'JP', 'AU', 'MX', 'ES', 'NL'] as const;

export type Tier = (typeof tiers)[number];
export type Device = (typeof devices)[number];
export type Quality = (typeof qualities)[number];
