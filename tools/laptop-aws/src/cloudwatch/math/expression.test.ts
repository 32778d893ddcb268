import { describe, expect, it } from '@jest/globals';
import { MetricMathError, readExpression } from './expression.ts';

const series: Readonly<Record<string, ReadonlyMap<number, number>>> = {
  a: new Map([
    [1, 10],
    [2, 20],
  ]),
  b: new Map([
    [2, 5],
    [3, 0],
  ]),
};
const scope = { times: [1, 2, 3], value: (id: string) => series[id] };
const value = (expression: string) => Object.fromEntries(readExpression(expression)(scope));

describe('readExpression', () => {
  it('fills, adds and compares series as the stacks need it', () => {
    expect(value('FILL(a, 0) + FILL(b, 0)')).toEqual({ 1: 10, 2: 25, 3: 0 });
    expect(value('FILL(a, 0) - FILL(b, 1)')).toEqual({ 1: 9, 2: 15, 3: 0 });
    expect(value('MAX([a, b])')).toEqual({ 1: 10, 2: 20, 3: 0 });
    expect(value('(a + 2) * -1')).toEqual({ 1: -12, 2: -22 });
    expect(value('AVG([a, b])')).toEqual({ 1: 10, 2: 12.5, 3: 0 });
    expect(value('a / SUM(a)')).toEqual({ 1: 10 / 30, 2: 20 / 30 });
  });

  it('has a value only where both sides have, and none of a division by zero', () => {
    expect(value('a + b')).toEqual({ 2: 25 });
    expect(value('FILL(a, 1) / b')).toEqual({ 2: 4 });
  });

  it.each([
    ['a +', 'the expression cannot be read'],
    ['a % 2', 'metric math % is not here'],
    ["SEARCH('x', 'Sum', 300)", 'metric math SEARCH is not here'],
    ['MAX(a, b)', 'metric math MAX is not here like this'],
    ['a.b', 'metric math with a MemberExpression is not here'],
  ])('refuses %s when it is read', (expression, reason) => {
    expect(() => readExpression(expression)).toThrow(
      expect.objectContaining({ name: 'MetricMathError', message: reason }),
    );
  });

  it('refuses a query that is not there, and several series as the result', () => {
    expect(() => value('missing + 1')).toThrow(new MetricMathError('the expression names a query that is not there'));
    expect(() => value('[a, b]')).toThrow(new MetricMathError('the expression gives several series'));
  });
});
