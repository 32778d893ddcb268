import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Random } from './random.ts';

const firstOf = (random: Random): number[] => Array.from({ length: 8 }, () => random.below(2 ** 32));

describe('Random', () => {
  it('gives the same numbers for the same key, on every machine', () => {
    expect(firstOf(new Random(42, 7, 1))).toEqual([
      2972312006, 1653653116, 2943553147, 3148787258, 3790922521, 1866447721, 3166930403, 123645260,
    ]);
  });

  it.each([
    [43, 7, 1],
    [42, 8, 1],
    [42, 7 + 2 ** 32, 1],
    [42, 7, 2],
  ])('gives other numbers for the key %d, %d, %d', (seed, index, purpose) => {
    const known = new Set(firstOf(new Random(42, 7, 1)));
    expect(firstOf(new Random(seed, index, purpose)).filter((number) => known.has(number))).toEqual([]);
  });

  it('stays in its bounds', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, limit) => {
        const random = new Random(seed, 0, 0);
        for (let draw = 0; draw < 50; draw++) {
          const value = random.below(limit);
          expect(Number.isInteger(value) && value >= 0 && value < limit).toBe(true);
        }
      }),
    );
  });

  it('reaches both ends of a span, and every value about as often', () => {
    const random = new Random(1, 2, 3);
    const seen = [0, 0, 0, 0];
    for (let draw = 0; draw < 40_000; draw++) seen[random.between(5, 8) - 5]! += 1;
    for (const count of seen) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});
