import { describe, expect, it } from '@jest/globals';
import { waitMs } from './reconnect.ts';

describe('waiting before the next try', () => {
  it('doubles up to 15 seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100].map((failures) => waitMs(failures, () => 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
    ]);
  });

  it('is at least half of that, at random', () => {
    expect([0, 0.5].map((random) => waitMs(3, () => random))).toEqual([1000, 1500]);
  });
});
