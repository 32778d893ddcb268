import { describe, expect, it } from '@jest/globals';
import { counted, lastMinute, rate, type RateWindow, series } from './rate-window.ts';

const counts = (total: number) => ({ total, byType: { start: total }, byDevice: { tv: total } });
const after = (...steps: readonly (readonly [ms: number, total: number])[]): RateWindow =>
  steps.reduce<RateWindow>((window, [ms, total]) => counted(window, counts(total), ms), []);

describe('the last minute', () => {
  it('adds up what came within one second', () => {
    expect(after([1000, 2], [1999, 3], [2000, 4])).toEqual([
      { at: 1, ...counts(5) },
      { at: 2, ...counts(4) },
    ]);
  });

  it('forgets what is over a minute old, so that it stays small', () => {
    const steps = Array.from({ length: 1000 }, (_, second) => [second * 1000, 1] as const);
    expect(after(...steps)).toHaveLength(61);
  });

  it('has a rate over the last three whole seconds, quiet ones included', () => {
    const window = after([10_000, 300], [12_000, 60]);
    expect(rate(window, 12_999)).toBe(100); // seconds 9, 10, 11
    expect(rate(window, 13_000)).toBe(120); // seconds 10, 11, 12
    expect(rate(window, 60_000)).toBe(0);
  });

  it('is a series of 60 seconds, of which those before it was opened are unknown', () => {
    const values = series(after([57_000, 7], [58_500, 8], [60_100, 99]), 55_500, 60_200);
    expect(values).toHaveLength(60);
    expect(values.slice(-5)).toEqual([undefined, 0, 7, 8, 0]);
  });

  it('sums up by type and by device', () => {
    const window = after([0, 5], [50_000, 7]);
    expect(lastMinute(window, 'byType', 60_000)).toEqual({ start: 12 });
    expect(lastMinute(window, 'byDevice', 61_000)).toEqual({ tv: 7 });
  });
});
