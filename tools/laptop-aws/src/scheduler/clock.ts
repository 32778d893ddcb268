/** Time as the scheduler sees it; a test brings its own. */
export interface Clock {
  now(): number;
  /** Calls back once, at the time or as soon after as it can. @returns cancels it */
  at(timeMs: number, run: () => void): () => void;
}

/** A timer counts at most 2^31 - 1 milliseconds, and stands still while a laptop sleeps: so it looks again each minute. */
const longestWaitMs = 60_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  at(timeMs, run) {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const leftMs = timeMs - Date.now();
      timer = setTimeout(leftMs <= 0 ? run : wait, Math.max(0, Math.min(leftMs, longestWaitMs)));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
