/** How many events are due, at a steady rate. */
export interface Pace {
  /** Events due since the start, less those taken; at most a second's worth, what is beyond is let go. */
  due(nowMs: number): number;
  take(count: number): void;
}

/** The most that traffic falls behind before it slows down instead, in seconds. */
const longestBacklogSeconds = 1;

/** @param rate events per second */
export const pace = (rate: number, startMs: number): Pace => {
  let sinceMs = startMs;
  let taken = 0;
  return {
    due(nowMs) {
      const owed = (rate * (nowMs - sinceMs)) / 1000 - taken;
      const most = rate * longestBacklogSeconds;
      if (owed > most) sinceMs += ((owed - most) / rate) * 1000;
      return Math.floor(Math.min(owed, most));
    },
    take(count) {
      taken += count;
    },
  };
};
