import type { Metric } from './metric.ts';
import { Summary } from './summary.ts';

export const minuteMs = 60_000;

/** One metric, a summary for each minute in which it had values. */
export class Series {
  readonly metric: Metric;
  /** As it came with the newest value. */
  unit = 'None';
  readonly #minutes = new Map<number, Summary>();
  #newest = -Infinity;

  constructor(metric: Metric) {
    this.metric = metric;
  }

  /** The summary that a value of this time belongs to. @param oldestMs minutes before go when a new one begins */
  at(atMs: number, oldestMs: number): Summary {
    const minute = atMs - (atMs % minuteMs);
    let summary = this.#minutes.get(minute);
    if (!summary) {
      for (const kept of this.#minutes.keys()) if (kept < oldestMs - minuteMs) this.#minutes.delete(kept);
      this.#minutes.get(this.#newest)?.settle();
      this.#minutes.set(minute, (summary = new Summary()));
      this.#newest = Math.max(this.#newest, minute);
    }
    return summary;
  }

  /** The minutes from a time up to, not including, another, put together; undefined when there are no values. */
  over(fromMs: number, toMs: number): Summary | undefined {
    const found = this.#between(fromMs, toMs);
    if (found.length < 2) return found[0];
    const all = new Summary();
    for (const summary of found) all.merge(summary);
    return all;
  }

  /** By whichever is shorter: the minutes asked for, or those that are there. */
  #between(fromMs: number, toMs: number): Summary[] {
    const first = Math.ceil(fromMs / minuteMs);
    const length = Math.max(0, Math.ceil(toMs / minuteMs) - first);
    if (length > this.#minutes.size)
      return [...this.#minutes].flatMap(([minute, summary]) => (minute >= fromMs && minute < toMs ? [summary] : []));
    return Array.from({ length }, (_, index) => this.#minutes.get((first + index) * minuteMs) ?? []).flat();
  }

  isExpired(oldestMs: number): boolean {
    return this.#newest < oldestMs - minuteMs;
  }

  /** The first millisecond of its newest minute. */
  get newestMs(): number {
    return this.#newest;
  }
}
