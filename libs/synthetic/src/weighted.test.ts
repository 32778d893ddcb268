import { describe, expect, it } from '@jest/globals';
import { Random } from './random.ts';
import { Weighted, zipfWeights } from './weighted.ts';

describe('Weighted', () => {
  it('picks in proportion to the weights, and never what weighs nothing', () => {
    const weighted = new Weighted([1, 0, 6, 3, 0]);
    const random = new Random(1, 2, 3);
    const seen = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 100_000; draw++) seen[weighted.pick(random)]! += 1;
    expect([seen[1], seen[4]]).toEqual([0, 0]);
    expect(Math.abs(seen[0]! - 10_000)).toBeLessThan(500);
    expect(Math.abs(seen[2]! - 60_000)).toBeLessThan(500);
    expect(Math.abs(seen[3]! - 30_000)).toBeLessThan(500);
  });

  it('picks the only one there is', () => {
    expect(new Weighted([5]).pick(new Random(1, 2, 3))).toBe(0);
  });
});

describe('zipfWeights', () => {
  it('falls with the rank', () => {
    expect(zipfWeights(4)).toEqual([16_777_216, 8_388_608, 5_592_405, 4_194_304]);
  });
});
