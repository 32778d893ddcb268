import type { DeviceType, EventType, Quality, SubscriptionTier, TitleType } from '@acme/telemetry-schema';

// Columns hold positions in these lists, so their order is part of what a seed means.
// They are held against the schema's own by their types and a test: the schema's would bring its parser along.
export const tiers = ['free_with_ads', 'basic', 'standard', 'premium'] as const satisfies readonly SubscriptionTier[];
export const devices = ['tv', 'mobile', 'web', 'tablet'] as const satisfies readonly DeviceType[];
export const qualities = ['SD', 'HD', '4K'] as const satisfies readonly Quality[];
export const titleTypes = ['movie', 'series', 'documentary'] as const satisfies readonly TitleType[];
export const eventTypes = ['start', 'pause', 'resume', 'stop', 'complete'] as const satisfies readonly EventType[];

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

/** ISO 3166-1 alpha-2. */
export const countries = ['US', 'GB', 'DE', 'CA', 'BR', 'IN', 'FR', 'JP', 'AU', 'MX', 'ES', 'NL'] as const;
