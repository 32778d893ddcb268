import type { EventType, SubscriptionTier } from '@acme/telemetry-schema';

/** Who pays with attention. */
export const adTier: SubscriptionTier = 'free_with_ads';

/** What an advertisement is shown before: the start of a session, and going on after a pause. */
export const adEvents: readonly EventType[] = ['start', 'resume'];
