import type { Entry } from './entry.ts';

/** What a transaction adds to one item of counters. */
export interface Counter {
  readonly window: string;
  readonly subject: string;
  /** By the name of a counter, what it grows by. */
  readonly adds: ReadonlyMap<string, number>;
  /** When the newest of the events reached the stream, in ms UTC. */
  readonly newestArrivalMs: number;
}

/** Names the item of counters that a subject has in a window. */
export const counterKey = (window: string, subject: string): string => `${window} ${subject}`;

/** What some events add together, one for each item of counters. */
export const countersOf = (entries: readonly Entry[]): Counter[] => {
  const counters = new Map<
    string,
    { window: string; subject: string; adds: Map<string, number>; newestArrivalMs: number }
  >();
  for (const { windows, counts, arrivedAtMs } of entries) {
    for (const window of windows) {
      for (const [subject, adds] of counts) {
        const key = counterKey(window, subject);
        let counter = counters.get(key);
        if (!counter) {
          counter = { window, subject, adds: new Map(), newestArrivalMs: 0 };
          counters.set(key, counter);
        }
        for (const name in adds) counter.adds.set(name, (counter.adds.get(name) ?? 0) + (adds[name] as number));
        counter.newestArrivalMs = Math.max(counter.newestArrivalMs, arrivedAtMs);
      }
    }
  }
  return [...counters.values()];
};
