import { describe, expect, it } from '@jest/globals';
import { growthPerMillion } from './memory.ts';

const samples = (mib: (event: number) => number) =>
  Array.from({ length: 50 }, (_, index) => ({ pid: 1, events: index * 100_000, mib: mib(index * 100_000) }));

describe('growthPerMillion', () => {
  it('is nothing for memory that goes up and down', () => {
    expect(Math.abs(growthPerMillion(samples((event) => 400 + ((event / 100_000) % 2) * 50)) ?? NaN)).toBeLessThan(5);
  });

  it('finds a leak, however large the memory is', () => {
    expect(growthPerMillion(samples((event) => 400 + event / 20_000))).toBeCloseTo(50);
  });

  it('says nothing of a process that lived for less than three million events', () => {
    expect(growthPerMillion(samples((event) => event / 1_000).slice(0, 30))).toBeUndefined();
    expect(growthPerMillion([])).toBeUndefined();
  });

  it('looks at one process, because one that was killed starts anew', () => {
    const reborn = samples(() => 100).map((sample) => ({ ...sample, pid: 2, events: sample.events + 9_000_000 }));
    expect(growthPerMillion([...samples(() => 900), ...reborn.slice(1)])).toBeCloseTo(0);
  });

  it('leaves out the start, while caches fill', () => {
    expect(growthPerMillion(samples((event) => (event < 900_000 ? 100 + event / 3_000 : 400)))).toBeCloseTo(0);
  });
});
