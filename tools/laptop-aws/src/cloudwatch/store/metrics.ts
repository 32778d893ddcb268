import { keyOf, type Metric, sorted } from './metric.ts';
import type { Summary } from './summary.ts';
import { type StatisticSet } from './summary.ts';
import { Series } from './series.ts';

/** How long a minute is kept. The alarm that looks back furthest, on compaction, wants five periods of an hour. */
export const retentionMs = 6 * 60 * 60 * 1000;

/** How far ahead of the clock a value may be (API reference, PutMetricData). */
const mostAheadMs = 2 * 60 * 60 * 1000;

/** Distinct metrics, dimensions included, that are kept at a time; the platform and its apps have about 150. */
export const mostMetrics = 1000;

/** What the laptop has measured, minute by minute, in memory: it begins anew with each start. */
export interface Metrics {
  /** When it began to measure: before that, that nothing was measured says nothing. */
  readonly sinceMs: number;
  /** Adds values. Those older than is kept, or of a metric too many, are left out: `leftOut` counts them. */
  add(metric: Metric, values: readonly number[], about?: About): void;
  /** Adds values that have been added up, or come with how often each was measured. */
  addSet(metric: Metric, set: StatisticSet, about?: About): void;
  addCounted(metric: Metric, values: readonly (readonly [value: number, times: number])[], about?: About): void;
  /** The metrics that have values, by their names. */
  list(): readonly Series[];
  find(metric: Metric): Series | undefined;
  leftOut(): { readonly outOfTime: number; readonly tooMany: number };
}

export interface About {
  /** @default None */
  readonly unit?: string | undefined;
  /** Milliseconds since 1970. @default now */
  readonly atMs?: number | undefined;
}

/**
 * @param now milliseconds since 1970
 * @param report is told of the first value that is left out for its time, and of the first for want of room
 */
export const openMetrics = (now: () => number, report: (line: string) => void): Metrics => {
  const series = new Map<string, Series>();
  const sinceMs = now();
  let [outOfTime, tooMany] = [0, 0];

  const removeExpired = (): void => {
    for (const [key, each] of series) if (each.isExpired(now() - retentionMs)) series.delete(key);
  };

  const admitted = (key: string, { namespace, name, dimensions }: Metric): Series | undefined => {
    const known = series.get(key);
    if (known) return known;
    if (series.size >= mostMetrics) removeExpired();
    if (series.size >= mostMetrics) {
      if (tooMany === 0)
        report(
          `CloudWatch: ${mostMetrics} metrics are kept (mostMetrics in tools/laptop-aws/src/cloudwatch/store/metrics.ts), and ` +
            `there is no room for more; the first left out is ${namespace} ${name}. Has it a dimension with ever new values?`,
        );
      tooMany += 1;
      return undefined;
    }
    const made = new Series({ namespace, name, dimensions: sorted(dimensions) });
    series.set(key, made);
    return made;
  };

  const minuteOf = (metric: Metric, { unit = 'None', atMs }: About): Summary | undefined => {
    const at = atMs ?? now();
    if (at < now() - retentionMs || at > now() + mostAheadMs) {
      if (outOfTime === 0)
        report(
          `CloudWatch: a value of ${metric.namespace} ${metric.name} is over six hours old, or over two ahead of the clock, ` +
            'and is left out; so are others like it, without a further word',
        );
      outOfTime += 1;
      return undefined;
    }
    const found = admitted(keyOf(metric), metric);
    if (found) found.unit = unit;
    return found?.at(at, now() - retentionMs);
  };

  return {
    sinceMs,
    add(metric, values, about = {}) {
      const minute = minuteOf(metric, about);
      if (minute) for (const value of values) minute.add(value);
    },
    addSet: (metric, set, about = {}) => minuteOf(metric, about)?.addSet(set),
    addCounted(metric, values, about = {}) {
      const minute = minuteOf(metric, about);
      if (minute) for (const [value, times] of values) minute.add(value, times);
    },
    list() {
      removeExpired();
      return [...series].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
    },
    find: (metric) => series.get(keyOf(metric)),
    leftOut: () => ({ outOfTime, tooMany }),
  };
};
