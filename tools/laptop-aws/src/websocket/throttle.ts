import type { Throttle } from './api.ts';

/** Whether one more request may pass now. */
export type Gate = () => boolean;

/** A token bucket: `burst` at once, refilled at the rate. */
export const gate = ({ ratePerSecond, burst }: Throttle, now: () => number): Gate => {
  let tokens = burst;
  let filledAtMs = now();
  return () => {
    const nowMs = now();
    tokens = Math.min(burst, tokens + ((nowMs - filledAtMs) / 1000) * ratePerSecond);
    filledAtMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
