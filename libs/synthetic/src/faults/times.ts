import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { windowMs } from '../viewing/limits.ts';
import type { FaultMaker } from './fault.ts';
import type { FaultKind } from './event-faults.ts';
import { withTime } from './rewrite.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Milliseconds from `least` to `most`, both whole seconds. */
const span = (random: Random, least: number, most: number): number => random.between(least / 1000, most / 1000) * 1000;

/** What is said of a time that is too far ahead. */
const tooFarAhead = 'must not be more than 5 minutes after the event arrived';

/** The faults of an event's time, in the field named. */
export const timeFaults = (field: string) => {
  const moved =
    (change: (ms: number, endMs: number) => number) =>
    (line: string, endMs: number): string =>
      withTime(field, line, (ms) => change(ms, endMs));
  return {
    /** The device was offline: the event comes an hour to three days after it happened. */
    late: (random) => {
      const ago = span(random, hourMs, 3 * dayMs);
      return { rewrite: moved((ms) => ms - ago) };
    },
    /** The device's clock is a second to an hour slow. */
    clockBehind: (random) => {
      const slow = span(random, 1000, hourMs);
      return { rewrite: moved((ms) => ms - slow) };
    },
    /**
     * The device's clock is fast by up to 4 minutes, of the 5 that the contract forgives: the event comes before it
     * happened.
     */
    clockAhead: (random) => {
      const fast = span(random, 1000, 4 * minuteMs);
      return { rewrite: moved((_, endMs) => endMs + fast) };
    },
    /** The device's clock is fast by one to two days: refused even when the event arrives most of a day after its time. */
    clockFarAhead: (random) => {
      const fast = span(random, dayMs, 2 * dayMs);
      return { problem: { field, reason: tooFarAhead }, rewrite: moved((_, endMs) => endMs + fast) };
    },
    /** The device is wrong about the year. */
    timestampNextYear: () => ({
      problem: { field, reason: tooFarAhead },
      rewrite: moved((ms) => ms + 366 * dayMs),
    }),
    /** The device has lost its clock and counts from 1970 again. */
    timestampIn1970: (random) => {
      const sinceReset = span(random, 0, 364 * dayMs);
      return {
        problem: { field, reason: 'must not be before 2000-01-01T00:00:00Z' },
        rewrite: moved(() => sinceReset),
      };
    },
  } satisfies Partial<Record<FaultKind, FaultMaker>>;
};

/** What is late must still be after 2000, and what is ahead before 10000. */
const earliestMs = Date.UTC(2000, 0, 5);
const latestMs = Date.UTC(9998, 0, 1);

/** The same clock, which throws RangeError where the events of a window, made late or early, would be judged otherwise. */
export const believable =
  (clock: Clock): Clock =>
  (block) => {
    const endMs = clock(block);
    if (endMs - windowMs >= earliestMs && endMs <= latestMs) return endMs;
    throw new RangeError('with faults, the clock must keep its windows from 2000-01-05 to 9998-01-01');
  };
