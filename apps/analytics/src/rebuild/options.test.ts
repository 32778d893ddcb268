import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

const now = Date.UTC(2026, 10, 21, 12, 20);
const hours = (...args: string[]) => readOptions(args, now, {}).hours;

describe('the options of a rebuild', () => {
  it('are hours or days, and without them the day up to the last hour that has been over for an hour', () => {
    expect(hours()).toEqual({ from: '2026-11-20T11', to: '2026-11-21T11' });
    expect(hours('--from', '2026-11-20', '--to', '2026-11-21T09')).toEqual({
      from: '2026-11-20T00',
      to: '2026-11-21T09',
    });
    expect(hours('--from', '2026-11-21T07:00Z')).toEqual({ from: '2026-11-21T07', to: '2026-11-21T11' });
  });

  it('repair only when asked to', () => {
    expect([readOptions([], now, {}).repairs, readOptions(['--repair'], now, {}).repairs]).toEqual([false, true]);
  });

  it.each([
    [['--from', '2026-11-21T07:30Z'], '--from takes a whole hour such as 2026-11-21T09, or a day, in UTC'],
    [['--to', 'yesterday'], '--to takes a whole hour such as 2026-11-21T09, or a day, in UTC'],
    [['--to', '2026-02-30T25'], '--to takes a whole hour such as 2026-11-21T09, or a day, in UTC'],
    [['--from', '2026-11-21T11'], '--from must lie before --to'],
    [['--from', '2025-01-01'], '--from must lie within 399 days: counters that are older are gone'],
    [['--form', 'x'], 'there is no --form; the nearest is --from (--help lists all)'],
  ])('refuse %j', (args, reason) => {
    expect(() => readOptions(args, now, {})).toThrow(expect.objectContaining({ name: 'UsageError', message: reason }));
  });
});
