import { describe, expect, it } from '@jest/globals';
import { type Kill, killPlan } from './kill-plan.ts';

const first = (count: number, seed: number): Kill[] => {
  const plan = killPlan(60_000, seed);
  return Array.from({ length: count }, () => plan.next().value as Kill);
};

describe('killPlan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(first(20, 7)).toEqual(first(20, 7));
    expect(first(20, 7)).not.toEqual(first(20, 8));
  });

  it('kills about once in the time, in order, and every fourth time only the engine', () => {
    const kills = first(40, 1);
    for (const [index, { atMs }] of kills.entries())
      expect(Math.abs(atMs - (index + 1) * 60_000)).toBeLessThanOrEqual(20_000);
    expect(kills.filter(({ target }) => target === 'dynamodb')).toHaveLength(10);
  });
});
