/** When to try again: the wait before the n-th try in a row, in ms, or undefined when time is up. */
export type Backoff = (attempt: number) => number | undefined;

/** Jittered exponential waits of at most 5 s, until the deadline (ms UTC). */
export const jitteredBackoff =
  (deadlineMs: number, now: () => number = Date.now, random: () => number = Math.random): Backoff =>
  (attempt) => {
    const wait = random() * Math.min(5_000, 50 * 2 ** attempt);
    return now() + wait > deadlineMs ? undefined : wait;
  };
