import { describe, expect, it } from '@jest/globals';
import { projectedDays, unseen } from './lake-of.ts';

const noon = Date.UTC(2026, 10, 21, 12);

describe('projectedDays', () => {
  it.each([
    ['2025-01-01,NOW+1DAYS', { from: '2025-01-01', to: '2026-11-22' }],
    ['2025-01-01,NOW', { from: '2025-01-01', to: '2026-11-21' }],
    ['2025-01-01,2030-12-31', { from: '2025-01-01', to: '2030-12-31' }],
    ['NOW-3YEARS,NOW', { from: '0000-01-01', to: '9999-12-31' }],
  ])('of %s are what it means today', (range, days) => {
    expect(projectedDays(range, noon)).toEqual(days);
  });
});

describe('unseen', () => {
  const seen = { from: '2025-01-01', to: '2026-11-22' };

  it('is nothing while queries see every day', () => {
    expect(unseen({ from: '2025-01-01', to: '2026-11-22' }, seen)).toBeUndefined();
  });

  it.each([
    { from: '2024-12-31', to: '2025-02-01' },
    { from: '2026-11-01', to: '2026-11-23' },
  ])('names the days that queries see, for %j', (set) => {
    expect(unseen(set, seen)).toBe(
      'queries of telemetry see the days from 2025-01-01 to 2026-11-22: give --from and --to within them',
    );
  });
});
