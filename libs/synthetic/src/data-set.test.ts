import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dataSet, type DataSet, rangeOfDay } from './data-set.ts';
import { lanes } from './lanes.ts';
import { viewingColumns } from './viewing/columns.ts';
import { eventsPerBlock } from './viewing/limits.ts';

const dayMs = 86_400_000;

/** The numbers of a day's events, found in its range. */
const eventsOf = (set: DataSet, date: string): number[] => {
  const found: number[] = [];
  for (const { count, atMs, number } of viewingColumns(set.universe, rangeOfDay(set, date))) {
    for (let row = 0; row < count; row++) {
      if (Math.floor(atMs[row]! / dayMs) * dayMs === Date.parse(date)) found.push(number[row]!);
    }
  }
  return found;
};

describe('dataSet', () => {
  it('is the reference data set when nothing is said', () => {
    const { seed, scale, from, to, range, days, universe } = dataSet();
    expect({ seed, scale, from, to, sizes: universe.sizes, count: range.count, days: days.length }).toEqual({
      seed: 1,
      scale: 1,
      from: '2026-10-01',
      to: '2026-10-31',
      sizes: { customers: 10_000, titles: 1_000, campaigns: 50 },
      count: 100_000,
      days: 31,
    });
  });

  it('has each of its events on one of its days, found in the range of that day', () => {
    const options = fc.record({
      scale: fc.double({ min: 0.001, max: 0.03, noNaN: true }),
      days: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(options, ({ scale, days }) => {
        const set = dataSet({
          scale,
          from: '2024-02-27',
          to: new Date(Date.UTC(2024, 1, 26 + days)).toISOString().slice(0, 10),
        });
        const found = set.days.flatMap((date) => eventsOf(set, date)).sort((a, b) => a - b);
        expect(found).toEqual(Array.from({ length: set.range.count }, (_, event) => set.range.from + event));
      }),
      { numRuns: 20 },
    );
  });

  it('takes little more than a day’s own events to find them', () => {
    const set = dataSet({ scale: 10 });
    for (const date of set.days) {
      const { count } = rangeOfDay(set, date);
      expect(count).toBeLessThan(1.5 * (set.range.count / set.days.length) + 2 * eventsPerBlock);
    }
  });

  it('keeps to numbers that live traffic never has', () => {
    expect(dataSet({ scale: 1_000_000 }).range.from).toBe(lanes.seeded);
    expect(lanes.fresh + 2 ** 32 * 2 ** 17).toBeLessThanOrEqual(lanes.seeded);
  });

  it.each([
    [{ scale: 0 }, 'scale must be from 0.00001 to 1000000: 100000 events each'],
    [{ scale: Number.NaN }, 'scale must be from 0.00001 to 1000000: 100000 events each'],
    [{ scale: 1_000_001 }, 'scale must be from 0.00001 to 1000000: 100000 events each'],
    [{ from: '2026-10-02', to: '2026-10-01' }, 'from must not lie after to'],
    [{ from: '2026-02-30' }, 'from must be a day from 2000-01-01 to 9998-12-31'],
    [{ to: 'tomorrow' }, 'to must be a day from 2000-01-01 to 9998-12-31'],
    [{ seed: -1 }, 'seed must be a whole number from 0 to 4294967295'],
  ])('refuses %j', (options, message) => {
    expect(() => dataSet(options)).toThrow(new RangeError(message));
  });
});
