import { dataSet } from '@acme/synthetic';
import { describe, expect, it } from '@jest/globals';
import { seedRoot } from '@acme/lake-layout';
import { partsOf, prefixOf } from './parts.ts';

describe('partsOf', () => {
  it('has the same objects for the same data set, by day', () => {
    const parts = partsOf(dataSet());
    expect(partsOf(dataSet({ seed: 1, scale: 1 }))).toEqual(parts);
    expect(parts).toHaveLength(31);
    expect(parts[1]!.key).toMatch(
      /^tables\/telemetry\/seed-1-scale-1-2026-10-01-2026-10-31-[0-9a-f]{8}\/date=2026-10-02\/part-00000\.parquet$/,
    );
  });

  it('splits a day of many events into objects of a bounded number, none left out', () => {
    const set = dataSet({ scale: 1500 });
    const ofTheDay = partsOf(set).filter(({ date }) => date === '2026-10-15');
    expect(ofTheDay.map(({ key }) => key.slice(-18))).toEqual([
      'part-00000.parquet',
      'part-00001.parquet',
      'part-00002.parquet',
    ]);
    for (const [index, { range }] of ofTheDay.entries()) {
      expect(range.count).toBeLessThanOrEqual(2_097_152);
      if (index > 0) expect(range.from).toBe(ofTheDay[index - 1]!.range.from + ofTheDay[index - 1]!.range.count);
    }
  });
});

describe('prefixOf', () => {
  it('is another for every data set', () => {
    const sets = [{}, { seed: 2 }, { scale: 2 }, { from: '2026-10-02' }, { to: '2026-10-30' }];
    const prefixes = sets.map((options) => prefixOf(dataSet(options)));
    expect(new Set(prefixes).size).toBe(sets.length);
    for (const prefix of prefixes) expect(prefix.startsWith(seedRoot)).toBe(true);
  });
});
