import { describe, expect, it } from '@jest/globals';
import { alarmLines, metricsTable } from './metrics-view.ts';
import { quantity } from './quantity.ts';
import type { Measured } from './read-metrics.ts';
import { sparkline } from './sparkline.ts';

const plain = (_: unknown, text: string): string => text;

/** An hour in which the last minutes had these values. */
const hour = (...last: readonly (readonly number[] | undefined)[]): (Measured | undefined)[] => {
  const minutes = last.map((values) => {
    if (!values) return undefined;
    const sum = values.reduce((total, value) => total + value, 0);
    return { count: values.length, sum, average: sum / values.length, maximum: Math.max(...values) };
  });
  return [...Array.from({ length: 60 - minutes.length }, () => undefined), ...minutes];
};

describe('metricsTable', () => {
  it('adds up what is counted, has the average of all else, and names a namespace once', () => {
    const table = metricsTable(
      [
        {
          ...{ namespace: 'AWS/Lambda', name: 'Duration', unit: 'Milliseconds' },
          dimensions: { FunctionName: 'load' },
          minutes: hour([10, 20], undefined, [30], [40, 60]),
        },
        {
          ...{ namespace: 'AWS/Lambda', name: 'Invocations', unit: 'Count' },
          dimensions: { FunctionName: 'load' },
          minutes: hour([1, 1], undefined, [1], [1, 1]),
        },
        {
          ...{ namespace: 'Shop', name: 'Sold', unit: 'Bytes' },
          dimensions: {},
          minutes: hour([1_500_000], undefined),
        },
      ],
      { width: Infinity, paint: plain },
    );
    expect(table.split('\n').map((line) => line.trimEnd())).toEqual([
      'namespace   metric       dimensions         of       last minute  last hour  two minutes a bar',
      '──────────  ───────────  ─────────────────  ───────  ───────────  ─────────  ──────────────────────────────',
      `AWS/Lambda  Duration     FunctionName=load  average        50 ms      32 ms  ${' '.repeat(28)}▄█`,
      `            Invocations  FunctionName=load  sum                2          5  ${' '.repeat(28)}▆█`,
      `Shop        Sold                            sum                      1.5 MB  ${' '.repeat(29)}█`,
    ]);
  });

  it('leaves the bars out where a terminal has no room for them', () => {
    const metric = { namespace: 'Shop', name: 'Sold', unit: 'Count', dimensions: {}, minutes: hour([1]) };
    const lines = metricsTable([metric], { width: 60, paint: plain }).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(60);
    expect(lines[0]).not.toContain('bar');
  });
});

describe('alarmLines', () => {
  const alarms = [
    { name: 'Failing', state: 'ALARM', reason: 'Threshold Crossed.', description: 'Events wait.' },
    { name: 'Stale', state: 'INSUFFICIENT_DATA', reason: 'Unchecked.', description: 'Queries miss events.' },
    { name: 'Behind', state: 'OK', reason: 'Fine.', description: undefined },
  ];

  it('count all alarms and explain those that are not OK', () => {
    expect(alarmLines(alarms, false, plain)).toEqual([
      'alarms  1 ALARM, 1 INSUFFICIENT_DATA, 1 OK',
      '  ALARM  Failing',
      '      Events wait.',
      '      Threshold Crossed.',
      '  INSUFFICIENT_DATA  Stale',
      '      Unchecked.',
    ]);
    expect(alarmLines(alarms, true, plain).slice(-2)).toEqual(['  OK  Behind', '      Fine.']);
    expect(alarmLines([], false, plain)).toEqual(['alarms  none']);
  });
});

describe('what people read', () => {
  it.each([
    [undefined, 'Count', ''],
    [0, 'Count', '0'],
    [1234567, 'Count', '1,234,567'],
    [0.123456, 'None', '0.123'],
    [12.345, 'Milliseconds', '12.3 ms'],
    [2345, 'Milliseconds', '2.35 s'],
    [99.96, 'Percent', '100 %'],
    [1_234_567, 'Bytes', '1.23 MB'],
    [4.2, 'Seconds', '4.2 s'],
  ])('%s %s is "%s"', (value, unit, text) => expect(quantity(value, unit)).toBe(text));

  it('draws bars from 0 to the greatest, and blanks where nothing was measured', () => {
    expect(sparkline([0, 1, undefined, 4, 8])).toBe('▁▂ ▅█');
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([undefined])).toBe(' ');
  });
});
