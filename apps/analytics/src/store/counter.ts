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

/** What some events add together, one for each item of counters. */
export const countersOf = (entries: readonly Entry[]): Counter[] => {
  const counters = new Map<
    string,
    { window: string; subject: string; adds: Map<string, number>; newestArrivalMs: number }
  >();
  for (const { shares, arrivedAtMs } of entries) {
    for (const { key, window, subject, counts } of shares) {
      let counter = counters.get(key);
      if (!counter) {
        counter = { window, subject, adds: new Map(), newestArrivalMs: 0 };
        counters.set(key, counter);
      }
      const { adds } = counter;
      for (const name in counts) adds.set(name, (adds.get(name) ?? 0) + (counts[name] as number));
      if (arrivedAtMs > counter.newestArrivalMs) counter.newestArrivalMs = arrivedAtMs;
    }
  }
  return [...counters.values()];
};
