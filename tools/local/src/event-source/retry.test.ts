import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from '../kinesis/log/log-record.ts';
import { Batch } from './batch.ts';
import { backoffMs, isSpent, tooOld } from './retry.ts';
import { aMapping } from './testing.ts';

describe('a shard whose batch failed', () => {
  it('rests twice as long each time, ten seconds at most', () => {
    expect([1, 2, 3, 4, 7, 8, 1000].map(backoffMs)).toEqual([100, 200, 400, 800, 6400, 10_000, 10_000]);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
describe('a batch', () => {
  it('is given up after so many tries behind the first; without a number, never', () => {
    expect([1, 2, 3].map((failures) => isSpent(failures, aMapping({ retries: 1 })))).toEqual([false, true, true]);
    expect(isSpent(1, aMapping({ retries: 0 }))).toBe(true);
    expect(isSpent(1_000_000, aMapping())).toBe(false);
  });

  it('loses the records that are older than they may be; without an age, none', () => {
    const records = [1000, 2000, 3000].map((arrivalMs) => ({ arrivalMs }) as LogRecord);
    const batch = new Batch(records, ['', '', ''], 0);
    const mapping = aMapping({ largestAgeMs: 500 });
    expect([1500, 1501, 2501, 9999].map((nowMs) => tooOld(batch, mapping, nowMs))).toEqual([0, 1, 2, 3]);
    expect(tooOld(batch, aMapping(), 9999)).toBe(0);
  });
});
