import { describe, expect, it } from '@jest/globals';
import { judge } from './row.ts';
import { tableLines } from './table.ts';

describe('tableLines', () => {
  it('lines up name, measurement, limit, ratio and verdict', () => {
    const rows = [
      { name: 'synthetic', value: 1_811_597.3, unit: 'events/s', atLeast: 800_000, about: 'one core' },
      { name: '  faker', value: 118_033, unit: 'events/s' },
      { name: 'start', value: 11.25, unit: 's', atMost: 10 },
    ].map(judge);

    expect(tableLines(rows)).toEqual([
      '                     measured     wanted  ratio  verdict',
      'synthetic  1,811,597 events/s  ≥ 800,000  2.26×  ok  (one core)',
      '  faker      118,033 events/s',
      'start                  11.3 s       ≤ 10  0.89×  below',
    ]);
  });
});
