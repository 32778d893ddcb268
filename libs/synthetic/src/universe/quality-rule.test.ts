import { describe, expect, it } from '@jest/globals';
import { allowedQualities, qualitySlots, streamedQualities } from './quality-rule.ts';
import { devices, qualities, tiers } from './vocabulary.ts';

describe('allowedQualities', () => {
  it.each([
    ['free_with_ads', 'tv', ['SD']],
    ['basic', 'tv', ['SD', 'HD']],
    ['standard', 'web', ['SD', 'HD']],
    ['premium', 'tv', ['SD', 'HD', '4K']],
    ['premium', 'mobile', ['SD', 'HD']],
  ] as const)('of %s on %s are %j', (tier, device, allowed) => {
    expect(allowedQualities(tier, device)).toEqual(allowed);
  });
});

describe('streamedQualities', () => {
  it('are the two best that are allowed', () => {
    tiers.forEach((tier, t) =>
      devices.forEach((device, d) => {
        const from = (t * devices.length + d) * qualitySlots;
        const streamed = new Set([...streamedQualities.subarray(from, from + qualitySlots)].map((q) => qualities[q]));
        expect(streamed).toEqual(new Set(allowedQualities(tier, device).slice(-2)));
      }),
    );
  });
});
