import { describe, expect, it } from '@jest/globals';
import { judge, readRow, RowError } from './row.ts';

describe('judge', () => {
  it('says by how much a measurement is better or worse than wanted, whichever way the limit goes', () => {
    const fast = { name: 'speed', value: 1500, unit: 'events/s', atLeast: 1000 };
    const slow = { name: 'delay', value: 800, unit: 'ms', atMost: 400 };
    expect(judge(fast)).toEqual({ ...fast, ratio: 1.5, verdict: 'ok' });
    expect(judge(slow)).toEqual({ ...slow, ratio: 0.5, verdict: 'below' });
  });

  it('takes what is exactly at its limit', () => {
    expect(judge({ name: 'size', value: 900, unit: 'KB', atMost: 900 }).verdict).toBe('ok');
  });

  it('judges nothing that has no limit', () => {
    const row = { name: 'faker', value: 1, unit: 'events/s' };
    expect(judge(row)).toEqual({ ...row, verdict: 'for comparison' });
  });
});

describe('readRow', () => {
  it('reads what a bench printed', () => {
    const row = { name: 'size', value: 1.5, unit: 'KB', atMost: 900, about: 'minified' };
    expect(readRow(JSON.stringify(row))).toEqual(row);
  });

  it.each([
    ['text', 'round 1 of 9'],
    ['a row without a unit', '{"name":"size","value":1}'],
    ['a figure that could not be had', '{"name":"p99","value":null,"unit":"ms"}'],
    ['two limits', '{"name":"p99","value":1,"unit":"ms","atLeast":1,"atMost":2}'],
  ])('refuses %s', (_, line) => {
    expect(() => readRow(line)).toThrow(RowError);
  });
});
