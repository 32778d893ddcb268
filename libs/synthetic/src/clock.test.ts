import { describe, expect, it } from '@jest/globals';
import { fixedClock, steadyClock } from './clock.ts';

describe('fixedClock', () => {
  it('ends every window at the same moment', () => {
    expect([0, 1, 1e12].map(fixedClock(1_700_000_000_000))).toEqual([
      1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_000,
    ]);
  });
});

describe('steadyClock', () => {
  it('ends a window when the last event of the block is due', () => {
    expect([0, 1, 999].map(steadyClock({ startMs: 1_700_000_000_000, eventsPerSecond: 512 }))).toEqual([
      1_700_000_000_500, 1_700_000_001_000, 1_700_000_500_000,
    ]);
  });

  it('answers in whole milliseconds for any rate', () => {
    expect(steadyClock({ startMs: 0, eventsPerSecond: 3 })(0)).toBe(85_333);
  });

  it.each([0, -1, Number.NaN])('refuses a rate of %d', (eventsPerSecond) => {
    expect(() => steadyClock({ startMs: 0, eventsPerSecond })).toThrow(
      new RangeError('eventsPerSecond must be above 0'),
    );
  });
});
