import { eventsPerBlock } from './viewing/limits.ts';

/**
 * The simulated time: when the window of a block of events ends, in UTC milliseconds since 1970. Every event of the
 * block lies in the `windowMs` before. A clock decides nothing else about an event.
 */
export type Clock = (block: number) => number;

/** Live traffic: all events lie in the window that ends at this moment. */
export const fixedClock =
  (atMs: number): Clock =>
  () =>
    atMs;

/**
 * Traffic at an even rate: the window of block b ends when event (b + 1) · 256 is due.
 *
 * @param startMs when event 0 is due; its block reaches back up to `windowMs` before that
 */
export const steadyClock = ({
  startMs,
  eventsPerSecond,
}: {
  readonly startMs: number;
  readonly eventsPerSecond: number;
}): Clock => {
  if (!(eventsPerSecond > 0)) throw new RangeError('eventsPerSecond must be above 0');
  return (block) => startMs + Math.floor(((block + 1) * eventsPerBlock * 1000) / eventsPerSecond);
};
