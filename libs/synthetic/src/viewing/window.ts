import type { Clock } from '../clock.ts';
import { windowMs } from './limits.ts';

const endOf9999 = Date.UTC(10_000, 0, 1);

/**
 * When the window of a block begins, in UTC milliseconds.
 *
 * @param lengthMs at most `windowMs`
 *
 * @throws RangeError when the clock answers with no whole number, or the window leaves the years 1970 to 9999
 */
export const windowStart = (clock: Clock, block: number, lengthMs: number = windowMs): number => {
  const endMs = clock(block);
  if (!Number.isSafeInteger(endMs) || endMs < windowMs || endMs >= endOf9999) {
    throw new RangeError('the clock must answer in whole milliseconds, with windows in the years 1970 to 9999');
  }
  return endMs - lengthMs;
};
