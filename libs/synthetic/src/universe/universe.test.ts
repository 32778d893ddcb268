import { describe, expect, it } from '@jest/globals';
import { deviceTypes, eventTypes, qualities, subscriptionTiers, titleTypes } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { anyUniverse } from '../viewing/any-range.ts';
import { longestTitleMinutes } from '../viewing/limits.ts';
import { openUniverse } from './universe.ts';
import * as vocabulary from './vocabulary.ts';

describe('openUniverse', () => {
  it('has the sizes of the reference data set unless told otherwise', () => {
    expect(openUniverse(1).sizes).toEqual({ customers: 10_000, titles: 1_000, campaigns: 50 });
    expect(openUniverse(1, { titles: 5 }).sizes).toEqual({ customers: 10_000, titles: 5, campaigns: 50 });
  });

  it('ranks every title once', () => {
    fc.assert(
      fc.property(anyUniverse, ({ titles, sizes }) => {
        expect([...titles.byRank].sort((a, b) => a - b)).toEqual(Array.from({ length: sizes.titles }, (_, i) => i));
      }),
    );
  });

  it('has titles that fit a window, and somebody to watch them', () => {
    fc.assert(
      fc.property(anyUniverse, ({ titles, customers }) => {
        expect(Math.max(...titles.minutes)).toBeLessThanOrEqual(longestTitleMinutes);
        expect(Math.min(...titles.minutes)).toBeGreaterThanOrEqual(20);
        expect(customers.watchers.length).toBeGreaterThan(0);
        for (const genres of customers.genres) expect(genres).toBeGreaterThan(0);
      }),
    );
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])('refuses the seed %d', (seed) => {
    expect(() => openUniverse(seed)).toThrow(new RangeError('the seed must be a whole number from 0 to 4294967295'));
  });

  it.each([
    [{ customers: 1_000_000 }, 'a universe has 1 to 999999 customers'],
    [{ titles: 0 }, 'a universe has 1 to 9999 titles'],
    [{ campaigns: 1.5 }, 'a universe has 1 to 999 campaigns'],
  ])('refuses the sizes %j', (sizes, message) => {
    expect(() => openUniverse(1, sizes)).toThrow(new RangeError(message));
  });
});

describe('the vocabulary', () => {
  it('is the schema’s', () => {
    const sorted = (words: readonly string[]): string[] => [...words].sort();
    expect(sorted(vocabulary.devices)).toEqual(sorted(deviceTypes));
    expect(sorted(vocabulary.eventTypes)).toEqual(sorted(eventTypes));
    expect(sorted(vocabulary.qualities)).toEqual(sorted(qualities));
    expect(sorted(vocabulary.tiers)).toEqual(sorted(subscriptionTiers));
    expect(sorted(vocabulary.titleTypes)).toEqual(sorted(titleTypes));
  });
});
