import type { DeviceType, Quality, SubscriptionTier } from '@acme/telemetry-schema';
import { devices, qualities, tiers } from './vocabulary.ts';

const bestOfTier: Record<SubscriptionTier, Quality> = {
  free_with_ads: 'SD',
  basic: 'HD',
  standard: 'HD',
  premium: '4K',
};
const bestOfDevice: Record<DeviceType, Quality> = { tv: '4K', mobile: 'HD', web: '4K', tablet: 'HD' };

/** The qualities that a subscription allows on a device, worst first: up to the lower of their two limits. */
export const allowedQualities = (tier: SubscriptionTier, device: DeviceType): readonly Quality[] => {
  const best = Math.min(qualities.indexOf(bestOfTier[tier]), qualities.indexOf(bestOfDevice[device]));
  return qualities.slice(0, best + 1);
};

export const qualitySlots = 16;

/**
 * What is streamed: `qualitySlots` positions in `qualities` for each tier and device, of which 12 are the best allowed
 * and 4 the next below (a slow line). The slots of tier t on device d start at (t · devices + d) · qualitySlots.
 */
export const streamedQualities: Uint8Array = Uint8Array.from(
  tiers.flatMap((tier) =>
    devices.flatMap((device) => {
      const best = allowedQualities(tier, device).length - 1;
      return Array.from({ length: qualitySlots }, (_, slot) => (slot < 12 ? best : Math.max(0, best - 1)));
    }),
  ),
);
