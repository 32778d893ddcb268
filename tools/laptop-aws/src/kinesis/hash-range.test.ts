import { describe, expect, it } from '@jest/globals';
import { hashRanges, shardRouter } from './hash-range.ts';

describe('the hash keys of a stream', () => {
  it('are shared out as AWS does for two and for three shards', () => {
    expect(hashRanges(2)).toEqual([
      { StartingHashKey: '0', EndingHashKey: '170141183460469231731687303715884105727' },
      {
        StartingHashKey: '170141183460469231731687303715884105728',
        EndingHashKey: '340282366920938463463374607431768211455',
      },
    ]);
    expect(hashRanges(3).map(({ EndingHashKey }) => EndingHashKey)).toEqual([
      '113427455640312821154458202477256070484',
      '226854911280625642308916404954512140969',
      '340282366920938463463374607431768211455',
    ]);
  });

  it('route a partition key by its MD5', () => {
    const route = shardRouter(hashRanges(4));
    // MD5 of '' d41d…, 'a' 0cc1…, 'abc' 9001…, 'message digest' f96b…, 'b' 92eb…, 'c' 4a8a… (the first four: RFC 1321, A.5)
    expect(['', 'a', 'abc', 'message digest', 'b', 'c'].map((key) => route(key))).toEqual([3, 0, 2, 3, 2, 1]);
  });

  it('route by an explicit hash key, to the first and the last key of each range', () => {
    const ranges = hashRanges(5);
    const route = shardRouter(ranges);
    expect(
      ranges.flatMap(({ StartingHashKey, EndingHashKey }) => [route('x', StartingHashKey), route('x', EndingHashKey)]),
    ).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });
});
