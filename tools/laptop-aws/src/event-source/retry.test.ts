import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from '../kinesis/log/log-record.ts';
import { Batch } from './batch.ts';
import type { Outcome } from './outcome.ts';
import { afterFailure, backoffMs, isSpent, tooOld } from './retry.ts';

describe('records that failed', () => {
  it('rests twice as long each time, ten seconds at most', () => {
    expect([1, 2, 3, 4, 7, 8, 1000].map(backoffMs)).toEqual([100, 200, 400, 800, 6400, 10_000, 10_000]);
  });
});

const batchOf = (...arrivals: number[]): Batch =>
  new Batch(
    { text: String, bytes: (bytes) => bytes },
    arrivals.map((arrivalMs) => ({ arrivalMs }) as LogRecord),
    arrivals.map(() => ''),
    0,
  );
const piece = (failures: number, ...arrivals: number[]) => ({ batch: batchOf(...arrivals), failures });

/** What comes next, as arrivals of the records and failures so far. */
const next = (failures: number, arrivals: number[], outcome: Outcome, bisects: boolean) =>
  afterFailure(piece(failures, ...arrivals), outcome, { bisects }).map(({ batch, failures: sofar }) => [
    batch.records.map(({ arrivalMs }) => arrivalMs),
    sofar,
  ]);

// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
describe('a batch', () => {
  it('is given up after so many tries behind the first; without a number, never', () => {
    expect([1, 2, 3].map((failures) => isSpent(piece(failures), { retries: 1 }))).toEqual([false, true, true]);
    expect(isSpent(piece(1), { retries: 0 })).toBe(true);
    expect(isSpent(piece(1_000_000), {})).toBe(false);
  });

  it('loses the records that are older than they may be; without an age, none', () => {
    const batch = batchOf(1000, 2000, 3000);
    const oldAt = (nowMs: number, largestAgeMs?: number): number =>
      tooOld(batch, { largestAgeMs }, (arrivalMs) => nowMs - arrivalMs);
    expect([1500, 1501, 2501, 9999].map((nowMs) => oldAt(nowMs, 500))).toEqual([0, 1, 2, 3]);
    expect(oldAt(9999)).toBe(0);
  });

  it('comes again from the first that failed, a throttle being no failure', () => {
    expect(next(1, [1, 2, 3], { done: 0 }, false)).toEqual([[[1, 2, 3], 2]]);
    expect(next(1, [1, 2, 3], { done: 2 }, false)).toEqual([[[3], 1]]);
    expect(next(1, [1, 2, 3], { done: 0, throttled: true }, true)).toEqual([[[1, 2, 3], 1]]);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html, "Bisecting a batch"
// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
describe('a batch that is bisected', () => {
  it('is split in half when it failed as a whole, which is no retry', () => {
    expect(next(0, [1, 2, 3, 4, 5], { done: 0 }, true)).toEqual([
      [[1, 2, 3], 0],
      [[4, 5], 0],
    ]);
  });

  it('is split at the record that was reported, and only what remains comes again', () => {
    expect(next(0, [1, 2, 3, 4, 5], { done: 1 }, true)).toEqual([[[2, 3, 4, 5], 0]]);
  });

  it('uses up its retries only when it is a single record', () => {
    expect(next(0, [1], { done: 0 }, true)).toEqual([[[1], 1]]);
    expect(next(1, [1], { done: 0 }, true)).toEqual([[[1], 2]]);
  });
});
