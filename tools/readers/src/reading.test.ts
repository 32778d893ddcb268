import { describe, expect, it } from '@jest/globals';
import { firstDifference } from './reading.ts';

const a = { region: 'a', amount: 0 };

describe('the first difference', () => {
  it('is none when a reader finds the rows, numbers by their value', () => {
    expect(firstDifference([a, a], [{ row: a }, { row: { amount: -0, region: 'a' } }])).toBeUndefined();
  });

  it.each([
    ['a value', [{ row: a }, { row: { ...a, region: '\ufeffa' } }], 'line 2, region: "\\ufeffa" is read for "a"'],
    ['a type', [{ row: a }, { row: { ...a, amount: '0' } }], 'line 2, amount: "0" is read for 0'],
    ['a column that nobody has', [{ row: a }, { row: { ...a, note: null } }], 'line 2, note: null is read for nothing'],
    ['a column that is not there', [{ row: a }, { row: { region: 'a' } }], 'line 2, amount: nothing is read for 0'],
    ['a line that cannot be read', [{ error: 'torn' }, { row: a }], 'line 1 cannot be read (torn)'],
    ['a line that is not there', [{ row: a }], 'line 2 is not there'],
    ['a line too many', [{ row: a }, { row: a }, { row: a }], 'there are 3 lines for 2 rows'],
  ])('is %s', (_, readings, words) => {
    expect(firstDifference([a, a], readings)).toContain(words);
  });
});
