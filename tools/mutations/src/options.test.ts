import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';

describe('the options of npm run test:mutations', () => {
  it.each([
    ['', [], true, true],
    ['--own', [], true, false],
    ['--stryker', [], false, true],
    ['--own --stryker', [], true, true],
    ['--only fsync --only s3', ['fsync', 's3'], true, false],
  ])('%s', (line, only, own, stryker) => {
    expect(readOptions(line.split(' ').filter(Boolean))).toEqual({ only, own, stryker, workers: expect.any(Number) });
  });

  it.each([
    ['--workers 0', '--workers takes a whole number from 1 to 99'],
    ['--only a --stryker', '--only chooses of the own list; leave it or --stryker out'],
  ])('refuses %s', (line, message) => {
    expect(() => readOptions(line.split(' '))).toThrow(message);
  });
});
