import fc from 'fast-check';
import { openUniverse } from '../universe/universe.ts';
import { endOfEvents, eventsPerBlock } from './limits.ts';

/** For property tests: small universes of all seeds, and ranges near the beginning, near the end and between. */
export const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

export const anyUniverse = fc
  .record({ seed: anySeed, customers: fc.integer({ min: 1, max: 300 }), titles: fc.integer({ min: 1, max: 200 }) })
  .map(({ seed, ...sizes }) => openUniverse(seed, sizes));

const most = 1200;
export const anyRange = fc.record({
  from: fc.oneof(
    fc.nat(5000),
    fc.maxSafeNat().map((from) => Math.min(from, endOfEvents - most)),
  ),
  count: fc.nat(most),
});

export const anyBlock = fc.oneof(fc.nat(100), fc.nat(Math.floor(endOfEvents / eventsPerBlock) - 1));

/** Some moment in the years 2001 to 2100. */
export const anyMoment = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2100, 0, 1) });
