import type { Clock } from '../clock.ts';
import { windowMs } from './limits.ts';

const padded = (count: number, digits: number, end: string): string[] =>
  Array.from({ length: count }, (_, value) => String(value).padStart(digits, '0') + end);
const hours = padded(24, 2, ':');
const minutes = hours.flatMap((hour) => padded(60, 2, ':').map((minute) => hour + minute));
const seconds = padded(60, 2, '.');
const milliseconds = padded(1000, 3, 'Z');

const dayMs = 86_400_000;
const endOf9999 = Date.UTC(10_000, 0, 1);

/** Writes times as `2026-11-21T11:26:25.123Z`, exactly as Date.toISOString does, but remembers the day. */
export const timestampWriter = (): ((ms: number) => string) => {
  let day = -1;
  let date = '';
  return (ms) => {
    const thisDay = Math.floor(ms / dayMs);
    if (thisDay !== day) {
      day = thisDay;
      date = new Date(day * dayMs).toISOString().slice(0, 11);
    }
    const inDay = ms - day * dayMs;
    const second = Math.floor(inDay / 1000);
    const minute = Math.floor(second / 60);
    return date + minutes[minute]! + seconds[second - minute * 60]! + milliseconds[inDay - second * 1000]!;
  };
};

/**
 * When the window of a block begins, in UTC milliseconds.
 *
 * @throws RangeError when the clock answers with no whole number, or the window leaves the years 1970 to 9999
 */
export const windowStart = (clock: Clock, block: number): number => {
  const endMs = clock(block);
  if (!Number.isSafeInteger(endMs) || endMs < windowMs || endMs >= endOf9999) {
    throw new RangeError('the clock must answer in whole milliseconds, with windows in the years 1970 to 9999');
  }
  return endMs - windowMs;
};
