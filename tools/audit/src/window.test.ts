import { describe, expect, it } from '@jest/globals';
import { inWindow, mayHoldRowsOf, mayTellOf, pointInTime } from './window.ts';

const now = Date.UTC(2026, 0, 31, 12);
const hourMs = 3_600_000;

describe('a point in time', () => {
  it.each([
    ['2h', now - 2 * hourMs],
    ['90s', now - 90_000],
    ['1d', now - 24 * hourMs],
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['2026-01-31T09:30Z', Date.UTC(2026, 0, 31, 9, 30)],
    ['2026-01-31T09:30:15.250Z', Date.UTC(2026, 0, 31, 9, 30, 15, 250)],
  ])('is %s', (text, ms) => expect(pointInTime(text, now)).toBe(ms));

  it.each(['', 'yesterday', '2h30m', '-1h', '2026-13-01', '2026-01-31T09:30', '31.01.2026'])('is not %s', (text) =>
    expect(pointInTime(text, now)).toBeUndefined(),
  );
});

describe('a window', () => {
  const window = { fromMs: now, toMs: now + hourMs };

  it('takes the entries filed up to an hour before it, and none after it', () => {
    const hours = [9, 10, 11, 12, 13, 14].filter((hour) =>
      mayTellOf(window, `2026-01-31T${String(hour).padStart(2, '0')}`),
    );
    expect(hours).toEqual([11, 12, 13]);
    expect(mayTellOf({}, '2026-01-31T12')).toBe(true);
  });

  it('looks for rows from its first hour on: they land later than they arrive', () => {
    const at = (hour: string): boolean => mayHoldRowsOf(window, `year=2026/month=01/day=31/hour=${hour}/x.gz`);
    expect([at('10'), at('11'), at('12'), at('23')]).toEqual([false, true, true, true]);
    expect(mayHoldRowsOf({}, 'year=2020/month=01/day=31/hour=00/x.gz')).toBe(true);
  });

  it('is a condition of its ends, the last not part of it', () => {
    expect(inWindow(window, 'at')).toBe(`at >= ${now} AND at < ${now + hourMs}`);
    expect(inWindow({}, 'at')).toBe('true');
  });
});
