import { describe, expect, it } from '@jest/globals';
import { type Kill, killPlan } from './kill-plan.ts';

const first = (count: number, seed: number, jumps = false): Kill[] => {
  const plan = killPlan(60_000, seed, jumps);
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

  it('kills the broker too where there is one', () => {
    const plan = killPlan(60_000, 1, false, true);
    const targets = Array.from({ length: 8 }, () => (plan.next().value as Kill).target);
    expect(targets).toEqual([...Array(2)].flatMap(() => ['platform', 'kafka', 'platform', 'dynamodb']));
  });

  it('lets clocks jump either way by 25 seconds at most, and back every second time', () => {
    const jumps = first(40, 1, true).map(({ clockJumpMs }) => clockJumpMs);
    expect(jumps.filter((_, index) => index % 2 === 1)).toEqual(Array(20).fill(0));
    expect([Math.min(...jumps) < -8_000, Math.max(...jumps) > 8_000]).toEqual([true, true]);
    expect(Math.max(...jumps.map(Math.abs))).toBeLessThanOrEqual(25_000);
    expect(first(40, 1).every(({ clockJumpMs }) => clockJumpMs === 0)).toBe(true);
  });
});
