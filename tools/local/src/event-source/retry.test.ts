import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './retry.ts';

describe('a shard whose batch failed', () => {
  it('rests twice as long each time, ten seconds at most', () => {
    expect([1, 2, 3, 4, 7, 8, 1000].map(backoffMs)).toEqual([100, 200, 400, 800, 6400, 10_000, 10_000]);
  });
});
