import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import { windowMs } from '../viewing/limits.ts';
import type { FaultMaker } from './fault.ts';
import { withTime } from './rewrite.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Milliseconds from `least` to `most`, both whole seconds. */
const span = (random: Random, least: number, most: number): number => random.between(least / 1000, most / 1000) * 1000;

/** The device was offline: the event comes an hour to three days after it happened. */
export const late: FaultMaker = (random) => {
  const ago = span(random, hourMs, 3 * dayMs);
  return { rewrite: (line) => withTime(line, (ms) => ms - ago) };
};

/** The device's clock is a second to an hour slow. */
export const clockBehind: FaultMaker = (random) => {
  const slow = span(random, 1000, hourMs);
  return { rewrite: (line) => withTime(line, (ms) => ms - slow) };
};

/** The device's clock is fast by up to 4 minutes, of the 5 that the contract forgives: the event comes before it happened. */
export const clockAhead: FaultMaker = (random) => {
  const fast = span(random, 1000, 4 * minuteMs);
  return { rewrite: (line, endMs) => withTime(line, () => endMs + fast) };
};

const tooFarAhead = { field: 'event_timestamp', reason: 'must not be more than 5 minutes after the event arrived' };

/** The device's clock is fast by one to two days: refused even when the event arrives most of a day after its time. */
export const clockFarAhead: FaultMaker = (random) => {
  const fast = span(random, dayMs, 2 * dayMs);
  return { problem: tooFarAhead, rewrite: (line, endMs) => withTime(line, () => endMs + fast) };
};

/** The device is wrong about the year. */
export const timestampNextYear: FaultMaker = () => ({
  problem: tooFarAhead,
  rewrite: (line) => withTime(line, (ms) => ms + 366 * dayMs),
});

/** The device has lost its clock and counts from 1970 again. */
export const timestampIn1970: FaultMaker = (random) => {
  const sinceReset = span(random, 0, 364 * dayMs);
  return {
    problem: { field: 'event_timestamp', reason: 'must not be before 2000-01-01T00:00:00Z' },
    rewrite: (line) => withTime(line, () => sinceReset),
  };
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
