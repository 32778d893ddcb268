import type { Clock } from './clock.ts';
import { eventsPerBlock, windowMs } from './viewing/limits.ts';

/** How busy each hour of the day is, UTC: ten times as busy at 20:00 as at 04:00. */
const busyness = [
  40, 26, 17, 12, 10, 11, 14, 20, 28, 34, 38, 42, 48, 50, 48, 50, 56, 68, 82, 95, 100, 96, 80, 58,
] as const;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const wholeDay = busyness.reduce((sum, busy) => sum + busy * hourMs, 0);

/** How much traffic there is from midnight to a time of day, and the time by which there has been so much. */
const trafficUntil = (sinceMidnightMs: number): number => {
  const day = Math.floor(sinceMidnightMs / dayMs);
  let traffic = day * wholeDay;
  let rest = sinceMidnightMs - day * dayMs;
  for (const busy of busyness) {
    traffic += busy * Math.min(rest, hourMs);
    rest = Math.max(0, rest - hourMs);
  }
  return traffic;
};
const timeOfTraffic = (traffic: number): number => {
  const day = Math.floor(traffic / wholeDay);
  let rest = traffic - day * wholeDay;
  let time = day * dayMs;
  for (const busy of busyness) {
    if (rest < busy * hourMs) return time + Math.floor(rest / busy);
    rest -= busy * hourMs;
    time += hourMs;
  }
  return time;
};

/**
 * Spreads a range of events over days as people watch: more in the evening than before dawn. The middles of the blocks'
 * windows follow the curve; so the first and the last two hours see fewer events.
 *
 * @param fromMs, toMs every event lies from the first to before the second: UTC milliseconds, more than `windowMs` apart
 * @param from, events the range that fills this time
 * @returns a clock that throws RangeError when asked for a block outside that range
 * @throws RangeError when the times are too close together or there are no events
 */
export const dailyClock = ({
  fromMs,
  toMs,
  from = 0,
  events,
}: {
  readonly fromMs: number;
  readonly toMs: number;
  readonly from?: number;
  readonly events: number;
}): Clock => {
  if (!(toMs - fromMs > windowMs)) throw new RangeError(`toMs must be more than ${windowMs} ms after fromMs`);
  if (!(events >= 1)) throw new RangeError('events must be 1 or more');
  const firstBlock = Math.floor(from / eventsPerBlock);
  const blocks = Math.floor((from + events - 1) / eventsPerBlock) - firstBlock + 1;

  const midnight = Math.floor(fromMs / dayMs) * dayMs;
  const least = trafficUntil(fromMs + windowMs / 2 - midnight);
  const most = trafficUntil(toMs - windowMs / 2 - midnight);
  return (block) => {
    const place = block - firstBlock;
    if (place < 0 || place >= blocks) throw new RangeError('the clock was made for another range of events');
    const middle = timeOfTraffic(least + Math.floor(((most - least) * (2 * place + 1)) / (2 * blocks)));
    return midnight + middle + windowMs / 2;
  };
};
